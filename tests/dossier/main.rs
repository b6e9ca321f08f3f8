//! The dossier reader: what it takes, what it sends back, and what it bears.

mod policies;
mod reads;
