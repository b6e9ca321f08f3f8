//! What is said of the elements of lists.

use super::{Phrases, after_date, event};
use crate::policy::{ExprId, ListId, Type};
use crate::syntax::tree::Aggregate;
use crate::wording::Lang;
use crate::wording::french::{before, singular};

impl Phrases<'_> {
    /// « communes (membre : oui) »: the elements of a list that a condition picks.
    pub(crate) fn among(&self, list: ListId, filter: Option<ExprId>) -> String {
        let label = &self.policy.lists[list.index()].label;
        let filter = filter.map(|filter| format!(" ({})", self.of_several(list, filter)));
        format!("{label}{}", filter.unwrap_or_default())
    }

    /// What is counted, summed or picked of a list: « nombre de professionnels (métier : pharmacien) ».
    pub(super) fn over(
        &self,
        kind: Aggregate,
        list: ListId,
        filter: Option<ExprId>,
        of: Option<ExprId>,
    ) -> Option<String> {
        let lang = self.lang;
        let among = self.among(list, filter);
        if kind == Aggregate::Count {
            return Some(lang.pick(before("nombre de", &among), format!("number of {among}")));
        }
        let of = of?;
        let is_date = self.policy.exprs.get(of).ty == Type::Date;
        let lead = match (kind, is_date) {
            (Aggregate::Sum, _) => lang.pick("somme de", "sum of"),
            (Aggregate::Greatest, true) => lang.pick("la plus tardive des dates", "the latest of the dates"),
            (Aggregate::Least, true) => lang.pick("la plus ancienne des dates", "the earliest of the dates"),
            (Aggregate::Greatest, false) => lang.pick("la plus grande valeur de", "the greatest of"),
            (Aggregate::Least, false) => lang.pick("la plus petite valeur de", "the least of"),
            (Aggregate::Count | Aggregate::All | Aggregate::Exists | Aggregate::None, _) => return None,
        };
        let of = self.value(of);
        let of = lang.quoted(if is_date { after_date(&of) } else { &of });
        let through = lang.pick("pour les", "over");
        Some(format!("{lead} {of} {through} {among}"))
    }

    /// A condition on the elements of a list: « pour chaque professionnel, … ».
    pub(super) fn each(
        &self,
        id: ExprId,
        kind: Aggregate,
        list: ListId,
        filter: Option<ExprId>,
        of: Option<ExprId>,
    ) -> Option<String> {
        let lang = self.lang;
        let label = &self.policy.lists[list.index()].label;
        let one = singular(label);
        let lead = match kind {
            Aggregate::All => {
                let lead = lang.pick(format!("pour chaque {one}"), format!("for each of {label}"));
                let said = self.condition(of?);
                return Some(format!("{lead}{}, {said}", self.filter(filter)));
            }
            Aggregate::Exists => lang.pick("au moins un cas parmi les", "at least one of"),
            Aggregate::None => lang.pick("aucun cas parmi les", "none of"),
            Aggregate::Count | Aggregate::Sum | Aggregate::Greatest | Aggregate::Least => return None,
        };
        let conditions: Vec<String> = filter.into_iter().chain(of).map(|one| self.condition(one)).collect();
        let all = conditions.join(lang.pick(" et ", " and "));
        // « il existe un enfant dont inscrit »: the article is the author's.
        let written = self.written(id);
        let exists = written.split(" dont ").next().filter(|said| said.starts_with("il existe "));
        if let (Some(said), Aggregate::Exists, Lang::Fr) = (exists, kind, lang) {
            return Some(if all.is_empty() { said.to_owned() } else { format!("{said} ({all})") });
        }
        Some(if all.is_empty() { format!("{lead} {label}") } else { format!("{lead} {label} ({all})") })
    }

    /// « enfant (inscrit : oui) »: one of the elements of a list that a condition looks for.
    pub(crate) fn some_of(&self, list: ListId, filter: Option<ExprId>, of: Option<ExprId>) -> String {
        let label = &self.policy.lists[list.index()].label;
        let one = self.lang.pick(singular(label), label.to_string());
        let conditions: Vec<String> = filter.into_iter().chain(of).map(|one| self.condition(one)).collect();
        match conditions.is_empty() {
            true => one,
            false => format!("{one} ({})", conditions.join(self.lang.pick(" et ", " and "))),
        }
    }

    /// A condition on the elements of a list that are told in the plural: « (facturées le 2 mars 2025 ou après) ».
    fn of_several(&self, list: ListId, condition: ExprId) -> String {
        let said = self.condition(condition);
        let label = &self.policy.lists[list.index()].label;
        if self.lang == Lang::En || singular(label) == **label {
            return said;
        }
        let fields = self.policy.fields.iter().filter(|field| field.list == list);
        let participle = fields
            .filter_map(|field| event(&field.label))
            .filter(|event| !event.ends_with(['s', 'x']) && !event.contains(' '))
            .find(|event| said.strip_prefix(event).is_some_and(|rest| rest.starts_with(' ')));
        match participle {
            Some(one) => format!("{one}s{}", said.strip_prefix(one).unwrap_or_default()),
            None => said,
        }
    }

    fn filter(&self, filter: Option<ExprId>) -> String {
        filter.map(|filter| format!(" ({})", self.condition(filter))).unwrap_or_default()
    }
}
