//! A single value, fully known.

use std::borrow::Cow;
use std::sync::Arc;

use crate::number::Ratio;
use crate::time::Date;

/// A value. Its unit is that of the type of the expression or fact that it belongs to: euros for an
/// amount, 1 for 100 % of a percentage, months or days for a duration.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// `oui` or `non`.
    Truth(bool),
    /// A number of any unit.
    Number(Ratio),
    /// A date.
    Date(Date),
    /// A text, as people read it; compared by [`crate::text::fold`].
    Text(Text),
    /// An option of a choice, by its rank in the declaration.
    Choice(u16),
}

/// A text with the form on which it is compared (case, apostrophes and runs of spaces put aside).
#[derive(Debug, Clone)]
pub struct Text {
    /// As given.
    pub shown: Arc<str>,
    /// As compared.
    pub folded: Arc<str>,
}

impl Text {
    /// A text as given.
    pub fn new(shown: &str) -> Self {
        let folded = crate::text::folded(shown);
        let shown: Arc<str> = Arc::from(shown);
        // Most texts stand as they are compared: one copy then serves for both.
        let folded = match folded {
            Cow::Borrowed(_) => Arc::clone(&shown),
            Cow::Owned(folded) => Arc::from(folded),
        };
        Text { shown, folded }
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.folded == other.folded
    }
}

impl Eq for Text {}

impl std::hash::Hash for Text {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.folded.hash(state);
    }
}
