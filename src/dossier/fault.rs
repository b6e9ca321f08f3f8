//! Why an answer cannot be taken as it is written.

/// Why an answer is not what is expected.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    /// What stands under the answer.
    pub(super) label: String,
    pub(super) help: Option<String>,
}

impl Fault {
    pub(super) fn new(code: &'static str, label: impl Into<String>) -> Self {
        Fault { code, label: label.into(), help: None }
    }

    /// A list or a group where one answer is expected.
    pub(super) fn misplaced(label: &str) -> Self {
        Fault::kind(label)
    }

    /// An answer of another kind than what is expected.
    pub(super) fn kind(label: impl Into<String>) -> Self {
        Fault::new("reponse-inattendue", label)
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
