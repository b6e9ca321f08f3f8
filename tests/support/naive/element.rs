//! Names, the elements of lists and what is gathered over them.

use super::*;

impl Naive<'_> {
    /// The amounts of the elements that count, together.
    pub(super) fn of_each(&self, each: &EachDecl, amount: &ValueBody) -> BigRational {
        let singular = |list: &String| *list == *each.list.text || *list == format!("{}s", each.list.text);
        let (list, rows) = self.facts.lists.iter().find(|(list, _)| singular(list)).expect("a list");
        let mut total = BigRational::zero();
        for row in 0..rows.len() {
            let element = Some((list.as_str(), row));
            if each.filter.as_ref().is_none_or(|filter| self.truth(filter, element)) {
                match self.body(amount, element) {
                    Val::Num(amount) => total += amount,
                    other => panic!("the amount of an element cannot be {other:?}"),
                }
            }
        }
        total
    }

    pub(super) fn field<'s>(&'s self, list: &str, row: usize, field: &str) -> Option<&'s Val> {
        self.facts.lists.get(list)?.get(row)?.get(field)
    }

    /// « poids de l'élément », « celui de l'élément » to the right of a name: of the element around, where there is one.
    pub(super) fn of_element(&self, path: &str, left: Option<&Expr>, element: Element) -> Option<Val> {
        let said = path.strip_suffix(" de l'élément").or_else(|| path.strip_suffix(" de la commune"))?;
        let field = match left.map(|left| &left.kind) {
            Some(ExprKind::Name(left)) if said == "celui" => &left.parts.last().expect("a name").text,
            _ => said,
        };
        let mut around = self.around.borrow().clone();
        let (list, row) = match (around.pop(), element) {
            (Some(own), _) => own,
            (None, Some((list, row))) => (list.to_owned(), row),
            (None, None) => return None,
        };
        let outer = self.around.replace(around);
        let value = self.name(field, Some((&list, row)));
        self.around.replace(outer);
        Some(value)
    }

    pub fn name(&self, path: &str, element: Element) -> Val {
        if let Some((list, row)) = element {
            let own = path.strip_prefix(list).and_then(|rest| rest.strip_prefix('.')).unwrap_or(path);
            if let Some(value) = self.field(list, row, own) {
                return value.clone();
            }
            if let Some(value) = self.of_sharing(own, Some(row)) {
                return value;
            }
            let whole = format!("{list}.{own}");
            if let Some(Item { kind: ItemKind::Definition(definition), .. }) = self.item(&whole) {
                let around = self.around.take();
                let value = self.body(&definition.body, element);
                self.around.replace(around);
                return value;
            }
        }
        if let Some(value) = self.of_element(path, None, element) {
            return value;
        }
        if let Some(value) = self.facts.facts.get(path) {
            return value.clone();
        }
        if let Some(option) = self.facts.readings.get(path) {
            return Val::Opt(option.clone());
        }
        if let Some(value) = self.of_sharing(path, None) {
            return value;
        }
        if let Some(value) = self.column(path, self.examined_on) {
            return value;
        }
        match self.item(path) {
            Some(item) => self.read(item, path),
            None => Val::Opt(path.to_owned()),
        }
    }

    /// What an item stands for outside any list.
    pub(super) fn read(&self, item: &Item, path: &str) -> Val {
        match &item.kind {
            ItemKind::Definition(definition) => self.body(&definition.body, None),
            ItemKind::Parameter(periods, _) => self.parameter(periods, self.examined_on),
            _ => match self.result(item).map(|result| result.status) {
                Some("met" | "waived" | "reached" | "covered" | "due" | "fulfilled" | "favourable") => {
                    Val::Bool(true)
                }
                Some("not_applicable") => Val::Bool(matches!(item.kind, ItemKind::Criterion { .. })),
                Some(_) => Val::Bool(false),
                None => panic!("{path} is no value"),
            },
        }
    }

    pub fn parameter(&self, periods: &[PeriodValue], on: Date) -> Val {
        let held = periods.iter().rfind(|period| {
            period.from.as_ref().is_none_or(|from| from.value <= on)
                && period.until.as_ref().is_none_or(|until| on <= until.value)
        });
        self.value(&held.expect("the parameter has a value at that date").value, None)
    }

    /// The value on a day of one of the parameters that stand side by side.
    pub fn column(&self, name: &str, on: Date) -> Option<Val> {
        self.document.items.iter().find_map(|item| {
            let ItemKind::Columns(columns) = &item.kind else { return None };
            let rank = columns.names.iter().position(|own| *own.text == *name)?;
            let held = columns.lines.iter().rfind(|line| {
                line.from.as_ref().is_none_or(|from| from.value <= on)
                    && line.until.as_ref().is_none_or(|until| on <= until.value)
            });
            match held {
                Some(line) => Some(self.value(&line.values[rank], None)),
                None => Some(num(self.facts.later[rank])),
            }
        })
    }

    pub(super) fn aggregate(
        &self,
        kind: Aggregate,
        path: &Path,
        filter: Option<&Expr>,
        property: Option<&Expr>,
    ) -> Val {
        let (list, field) = match self.facts.lists.get(&*path.text) {
            Some(_) => (&*path.text, None),
            None => path.text.rsplit_once('.').map(|(list, field)| (list, Some(field))).expect("a field"),
        };
        let rows = self.facts.lists.get(list).map_or(0, Vec::len);
        let kept: Vec<usize> = (0..rows)
            .filter(|row| filter.is_none_or(|filter| self.truth(filter, Some((list, *row)))))
            .collect();
        let values = || {
            let field = field.expect("a field of the list");
            kept.iter().map(move |row| match self.name(field, Some((list, *row))) {
                Val::Num(value) => value,
                other => panic!("an aggregate of {other:?}"),
            })
        };
        match kind {
            Aggregate::Count => num(i64::try_from(kept.len()).expect("few elements")),
            Aggregate::Sum => Val::Num(values().fold(BigRational::zero(), |sum, value| sum + value)),
            Aggregate::Greatest => Val::Num(values().max().expect("a list that is not empty")),
            Aggregate::Least => Val::Num(values().min().expect("a list that is not empty")),
            Aggregate::All => {
                let property = property.expect("vérifient");
                Val::Bool(kept.iter().all(|row| self.truth(property, Some((list, *row)))))
            }
            Aggregate::Exists => Val::Bool(!kept.is_empty()),
            Aggregate::None => Val::Bool(kept.is_empty()),
        }
    }
}
