//! Concordance: whether a rule says what the passage that it quotes says.

pub mod prose;
pub mod quantity;
