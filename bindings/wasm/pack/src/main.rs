//! Makes of the compiled engine what a browser loads: `pack ENGINE.wasm FOLDER` writes `moteur.js` and `moteur_bg.wasm`.
//!
//! The library that `wasm-bindgen` itself is made of, at the version of its crate: nothing has to be installed.

use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [engine, folder] = arguments.as_slice() else {
        eprintln!("pack ENGINE.wasm FOLDER");
        return ExitCode::from(2);
    };
    let mut bindgen = Bindgen::new();
    let packed = bindgen.input_path(engine).web(true).map(|bindgen| {
        bindgen
            .typescript(false)
            .reset_state_function(true)
            .remove_name_section(true)
            .remove_producers_section(true)
    });
    match packed.and_then(|bindgen| bindgen.generate(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:?}");
            ExitCode::FAILURE
        }
    }
}
