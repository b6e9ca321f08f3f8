//! Sets of texts.

use crate::value::Text;

/// What a text may be. Never the empty set.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TextSet {
    /// One of these.
    OneOf(Vec<Text>),
    /// Any but these.
    AnyBut(Vec<Text>),
}
