//! What differs between two expressions, told at the smallest part that tells it.

use super::form::{Form, Shape};
use super::{Clause, Detail, Joined, Line};
use crate::policy::expr::Quantity;

/// What differs between two forms of one clause.
pub(super) fn differences(clause: Clause, before: &Form, after: &Form, found: &mut Vec<Detail>) {
    if before == after {
        return;
    }
    match (&before.shape, &after.shape) {
        (Shape::Constant, Shape::Constant) => found.push(Detail::Value {
            clause,
            of: None,
            before: before.text.clone(),
            after: after.text.clone(),
        }),
        (Shape::Compare(old), Shape::Compare(new)) => {
            let ([left, right], [left_now, right_now]) = (before.inner.as_slice(), after.inner.as_slice())
            else {
                return rewritten(clause, before, after, found);
            };
            if left == left_now {
                found.push(Detail::Bound {
                    clause,
                    of: left.text.clone(),
                    ty: left.ty,
                    before: (*old, right.text.clone()),
                    after: (*new, right_now.text.clone()),
                });
            } else if old == new && right == right_now {
                differences(clause, left, left_now, found);
            } else {
                rewritten(clause, before, after, found);
            }
        }
        (Shape::Cases, Shape::Cases) => lines(clause, &before.inner, &after.inner, found),
        (Shape::Scale, Shape::Scale) => scale(clause, before, after, found),
        (Shape::Bullets(_), _) | (_, Shape::Bullets(_)) => bullets(clause, before, after, found),
        (a, b) if a == b && before.label == after.label && before.inner.len() == after.inner.len() => {
            let pairs = before.inner.iter().zip(&after.inner).filter(|(a, b)| a != b);
            match pairs.collect::<Vec<_>>().as_slice() {
                // A parameter that is read as days go by: what became of it is told of the parameter.
                [(a, b)]
                    if before.text == after.text
                        && *a.shape() == Shape::Constant
                        && b.shape == Shape::Constant => {}
                [(a, b)] if *a.shape() == Shape::Constant && b.shape == Shape::Constant => {
                    let of = Some((before.text.clone(), after.text.clone()));
                    let (before, after) = (a.text.clone(), b.text.clone());
                    found.push(Detail::Value { clause, of, before, after });
                }
                [(a, b)] => differences(clause, a, b, found),
                _ => rewritten(clause, before, after, found),
            }
        }
        _ => rewritten(clause, before, after, found),
    }
}

impl Form {
    fn shape(&self) -> &Shape {
        &self.shape
    }
}

fn rewritten(clause: Clause, before: &Form, after: &Form, found: &mut Vec<Detail>) {
    found.push(Detail::Rewritten { clause, before: before.text.clone(), after: after.text.clone() });
}

/// Conditions of which some must hold; a single one is a list of one of which all must.
fn bullets(clause: Clause, before: &Form, after: &Form, found: &mut Vec<Detail>) {
    let list = |form: &Form| match form.shape {
        Shape::Bullets(quantity) => (Some(quantity), form.inner.clone()),
        _ => (None, vec![form.clone()]),
    };
    let ((old, olds), (new, news)) = (list(before), list(after));
    let joined = |quantity: Option<Quantity>, count: usize| match quantity {
        Some(quantity) if count > 1 => Some(quantity),
        _ => None,
    };
    let (old, new) = (joined(old, olds.len()), joined(new, news.len()));
    if let (Some(old), Some(new)) = (old, new)
        && old != new
    {
        found.push(Detail::Joined { clause, before: Joined(old), after: Joined(new) });
    }
    let quantity = Joined(new.or(old).unwrap_or(Quantity::All));
    let pairs = aligned(&olds, &news);
    for (old, new) in pairs {
        match (old, new) {
            (Some(old), Some(new)) => bullet(clause, old, new, found),
            (Some(only), None) | (None, Some(only)) => {
                let added = old.is_none();
                let told = Detail::Condition { clause, added, text: only.text.clone(), of: quantity };
                // What is said once may be several conditions below: « P et Q ont des jours communs ».
                if !found.contains(&told) {
                    found.push(told);
                }
            }
            (None, None) => {}
        }
    }
}

/// One condition, with its `si`.
fn bullet(clause: Clause, before: &Form, after: &Form, found: &mut Vec<Detail>) {
    let parts = |form: &Form| match (form.shape == Shape::Bullet, form.inner.as_slice()) {
        (true, [then, only_if]) => (then.clone(), Some(only_if.clone())),
        _ => (form.clone(), None),
    };
    let ((old, old_if), (new, new_if)) = (parts(before), parts(after));
    match (old_if, new_if) {
        (None, None) => {}
        (Some(a), Some(b)) if a == b => {}
        (Some(a), Some(b)) => return differences(clause, &a, &b, found),
        (old_if, new_if) => found.push(Detail::OnlyIf {
            clause,
            of: new.text.clone(),
            before: old_if.map(|form| form.text),
            after: new_if.map(|form| form.text),
        }),
    }
    differences(clause, &old, &new, found);
}

/// Lines of cases.
fn lines(clause: Clause, before: &[Form], after: &[Form], found: &mut Vec<Detail>) {
    for (old, new) in aligned(before, after) {
        match (old, new) {
            (Some(old), Some(new)) => match (old.inner.as_slice(), new.inner.as_slice()) {
                ([when, value], [when_now, value_now]) if when == when_now => {
                    found.push(Detail::Line {
                        clause,
                        when: Some(when.text.clone()),
                        before: Some(value.text.clone()),
                        after: Some(value_now.text.clone()),
                    });
                }
                ([value], [value_now]) => found.push(Detail::Line {
                    clause,
                    when: None,
                    before: Some(value.text.clone()),
                    after: Some(value_now.text.clone()),
                }),
                ([when, value], [when_now, value_now]) if value == value_now => {
                    differences(clause, when, when_now, found);
                }
                _ => rewritten(clause, old, new, found),
            },
            (Some(old), None) => found.push(removed_line(clause, old)),
            (None, Some(new)) => found.push(added_line(clause, new)),
            (None, None) => {}
        }
    }
}

fn removed_line(clause: Clause, form: &Form) -> Detail {
    let (when, value) = line_parts(form);
    Detail::Line { clause, when, before: Some(value), after: None }
}

fn added_line(clause: Clause, form: &Form) -> Detail {
    let (when, value) = line_parts(form);
    Detail::Line { clause, when, before: None, after: Some(value) }
}

fn line_parts(form: &Form) -> (Option<String>, String) {
    match form.inner.as_slice() {
        [when, value] => (Some(when.text.clone()), value.text.clone()),
        [value] => (None, value.text.clone()),
        _ => (None, form.text.clone()),
    }
}

/// The lines of a scale as people read them.
pub(super) fn scale_lines(form: &Form) -> Vec<Line> {
    form.inner
        .iter()
        .skip(1)
        .map(|band| {
            let value = band.inner.last().map_or_else(String::new, |value| value.text.clone());
            let range = band.text.strip_suffix(&value).unwrap_or(&band.text);
            Line { range: range.trim_end().trim_end_matches(':').trim_end().to_owned(), value }
        })
        .collect()
}

fn scale(clause: Clause, before: &Form, after: &Form, found: &mut Vec<Detail>) {
    let of = |form: &Form| form.inner.first().map_or_else(String::new, |of| of.text.clone());
    let ends = |form: &Form| {
        let ends = |band: &Form| (band.label.clone(), band.inner.split_last().map(|(_, ends)| ends.to_vec()));
        form.inner.iter().skip(1).map(ends).collect::<Vec<_>>()
    };
    let same_of = before.inner.first() == after.inner.first() && before.label == after.label;
    if !same_of || ends(before) != ends(after) {
        found.push(Detail::Scale {
            clause,
            of: (Some(of(before)), Some(of(after))),
            before: scale_lines(before),
            after: scale_lines(after),
        });
        return;
    }
    let count = found.len();
    for (old, new) in scale_lines(before).into_iter().zip(scale_lines(after)) {
        if old.value != new.value {
            found.push(Detail::ScaleLine { clause, range: new.range, before: old.value, after: new.value });
        }
    }
    if found.len() == count {
        rewritten(clause, before, after, found);
    }
}

/// Pairs of old and new: those that are equal first, wherever they stand; then those that speak of the
/// same thing; the rest alone. Equal ones are left out.
pub(super) fn aligned<'f>(
    before: &'f [Form],
    after: &'f [Form],
) -> Vec<(Option<&'f Form>, Option<&'f Form>)> {
    let mut left: Vec<&Form> = before.iter().filter(|form| !after.contains(form)).collect();
    let mut pairs = Vec::new();
    for new in after.iter().filter(|form| !before.contains(form)) {
        let near = left.iter().position(|old| akin(old, new));
        pairs.push((near.map(|near| left.remove(near)), Some(new)));
    }
    if let ([old], [(None, Some(_))]) = (left.as_slice(), pairs.as_slice())
        && before.len() == after.len()
        && before.len() == 1
    {
        return vec![(Some(*old), pairs.first().and_then(|(_, new)| *new))];
    }
    let removed = left.into_iter().map(|old| (Some(old), None));
    removed.chain(pairs).collect()
}

/// Whether two conditions or lines speak of the same thing.
fn akin(a: &Form, b: &Form) -> bool {
    if a == b {
        return true;
    }
    match (&a.shape, &b.shape) {
        (Shape::Bullet, Shape::Bullet) => {
            a.inner.first().zip(b.inner.first()).is_some_and(|(a, b)| akin(a, b))
        }
        (Shape::Bullet, _) => a.inner.first().is_some_and(|a| akin(a, b)),
        (_, Shape::Bullet) => b.inner.first().is_some_and(|b| akin(a, b)),
        (Shape::Compare(_), Shape::Compare(_)) => a.inner.first() == b.inner.first(),
        (Shape::Line, Shape::Line) => {
            a.inner.len() == b.inner.len()
                && a.label == b.label
                && (a.inner.len() == 1 || a.inner.iter().zip(&b.inner).any(|(a, b)| a == b))
        }
        (a_shape, b_shape) => {
            a_shape == b_shape
                && a.label == b.label
                && a.inner.len() == b.inner.len()
                && !a.inner.is_empty()
                && a.inner.iter().zip(&b.inner).any(|(a, b)| a == b)
        }
    }
}
