//! What is put on an amount or value after it: a ceiling, a floor, a rounding. Each is told apart from the
//! amount itself: « le plafond passe de 400 € à 500 € ».

use super::form::{Form, Shape};
use super::{Detail, Put};

/// The two amounts without what is put on them, and what differs in that; none where it cannot be told apart,
/// because the order of rounding and ceiling is another.
pub(super) fn set_apart(before: &Form, after: &Form) -> Option<(Form, Form, Vec<Detail>)> {
    let ((old, olds), (new, news)) = (peeled(before), peeled(after));
    let held = |of: &[(Put, Form)], put: Put| of.iter().filter(|(own, _)| *own == put).count();
    let all = [Put::Ceiling, Put::Floor, Put::Rounding];
    if all.into_iter().any(|put| held(&olds, put) > 1 || held(&news, put) > 1) {
        return None;
    }
    let common = |of: &[(Put, Form)], others: &[(Put, Form)]| -> Vec<Put> {
        of.iter().map(|(put, _)| *put).filter(|put| held(others, *put) > 0).collect()
    };
    if common(&olds, &news) != common(&news, &olds) {
        return None;
    }
    let mut found = Vec::new();
    for put in all {
        let of = |of: &[(Put, Form)]| of.iter().find(|(own, _)| *own == put).map(|(_, form)| form.clone());
        let (was, is) = (of(&olds), of(&news));
        if was != is {
            let words = |form: Option<Form>| form.map(|form| form.text);
            found.push(Detail::Put { put, before: words(was), after: words(is) });
        }
    }
    Some((old.clone(), new.clone(), found))
}

/// An amount, and what is put on it, from the last one inwards.
fn peeled(form: &Form) -> (&Form, Vec<(Put, Form)>) {
    let (mut form, mut found) = (form, Vec::new());
    while let Shape::Put(put) = form.shape
        && let [inner, how, ..] = form.inner.as_slice()
    {
        found.push((put, how.clone()));
        form = inner;
    }
    (form, found)
}
