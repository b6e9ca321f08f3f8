//! Facts as they are declared.

use super::*;

/// One fact of a `dossier` block.
#[derive(Debug, Clone, PartialEq)]
pub struct FactDecl {
    /// Its path.
    pub path: Path,
    /// « label » after the path: what people read in its place.
    pub label: Option<Quote>,
    /// Its type.
    pub ty: TypeExpr,
    /// Where the type stands, bounds included.
    pub ty_span: Span,
    /// Bounds that follow the type (`≥ 0`, `entre 0 et 100`), each with a constant on the right.
    pub bounds: Vec<Bound>,
    /// `, unique`.
    pub unique: Option<Span>,
    /// `, à l'appréciation de X`: the words that follow `de`.
    pub judge: Option<Spanned<Arc<str>>>,
    /// `, si …`: asked only then.
    pub asked_if: Option<Expr>,
    /// The question.
    pub question: Option<Quote>,
    /// Notes.
    pub notes: Vec<Quote>,
    /// The declaration's line.
    pub span: Span,
    /// From that line to the end of its question and notes.
    pub whole: Span,
}

/// A bound of a fact's type.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// The comparison: the fact stands on its left.
    pub op: CompareOp,
    /// A constant.
    pub value: Expr,
}

/// A type as it is written.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeExpr {
    /// `oui ou non`.
    Truth,
    /// `entier`.
    Integer,
    /// `nombre`.
    Number,
    /// `pourcentage`.
    Percent,
    /// `montant`.
    Amount,
    /// `date`.
    Date,
    /// `période`.
    Period,
    /// `durée en mois`.
    Months,
    /// `durée en jours`.
    Days,
    /// `texte`.
    Text,
    /// `parmi a, b`.
    Choice(Vec<Name>),
    /// `parmi a < b`.
    Scale(Vec<Name>),
    /// `liste`.
    List,
    /// Could not be read; the mistake has been reported.
    Invalid,
}
