//! conforme in the browser: the engine that answers the pages, compiled to WebAssembly.
//!
//! It decides nothing and words nothing: the script hands it what the page asks, and puts what it answers in its place.

use conforme::pages::Shelf;
use conforme::time::Date;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// The texts of one policy, with its cases.
#[wasm_bindgen]
pub struct Engine {
    shelf: Shelf,
}

#[wasm_bindgen]
impl Engine {
    /// Reads the texts and the cases of a bundle.
    ///
    /// # Errors
    ///
    /// It is no bundle.
    #[wasm_bindgen(constructor)]
    pub fn new(bundle: &str) -> Result<Engine, JsError> {
        let shelf = Shelf::of_bundle(bundle).ok_or_else(|| JsError::new("textes illisibles"))?;
        Ok(Engine { shelf })
    }

    /// Answers a page: JSON in, JSON out; `today` is a date as `2025-10-01`, which only the script knows.
    pub fn answer(&self, request: &str, today: &str) -> String {
        self.shelf.answer(request, Date::parse_iso(today))
    }
}
