//! Pages: what a lawyer reads, a founder fills in, a case worker decides on and an author tries.
//!
//! Architecture invariant: pages decide nothing and read nothing. They ask the library, put what it says into
//! documents, and leave the writing of HTML to `render`. The same functions answer in a browser (WebAssembly) and on a
//! server.

mod answers;
mod api;
mod bundle;
mod cases;
mod changes;
mod fields;
mod filled;
mod form;
mod mended;
mod opened;
mod policy;
pub mod register;
mod saved;
mod sheets;
mod site;
mod tried;
mod whole;

pub use crate::shelf::{CaseFile, Decided, Shelf};
pub use answers::REQUEST_BYTES;
pub use api::api_page;
pub use cases::escaped;
pub(crate) use policy::Rules;
pub use policy::{CaseTold, PolicyPage};
pub use site::site;
pub use whole::{Engine, SCRIPT};
