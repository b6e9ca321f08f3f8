//! Pages: what they hold, and that nothing of an author is mark-up in them.

mod policy;
