//! Pages: what a lawyer reads, a founder fills in, a case worker decides on and an author tries.
//!
//! Architecture invariant: pages decide nothing and read nothing. They ask the library, put what it says into
//! documents, and leave the writing of HTML to `render`. The same functions answer in a browser (WebAssembly) and on a
//! server.

mod policy;
mod shelf;

pub use policy::{CaseTold, PolicyPage};
pub use shelf::{CaseFile, Decided, Shelf};
