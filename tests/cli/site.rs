//! `conforme site`: what is written, and what keeps it from being so.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::*;

const ADULT: &str = "dispositif: essai\nexaminé le: 2025-06-01\nâge: 20\n";

/// Every file below a folder, by its path.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_path_buf(), fs::read(path).unwrap());
            }
        }
    }
    found
}

fn site(folder: &TempDir, arguments: &[&str]) -> assert_cmd::assert::Assert {
    conforme().current_dir(folder).arg("site").args(arguments).assert()
}

#[test]
fn without_an_engine_the_pages_to_be_read_are_written_and_it_is_told_how_to_build_it() {
    let folder = folder(&[("policies/essai/essai.pol", SMALL), ("policies/essai/cases/1.yaml", ADULT)]);
    site(&folder, &[]).code(0).stdout(contains("6 fichiers écrits dans public")).stderr(
        contains("le moteur n'est pas dans « bindings/wasm/dist »").and(contains("bindings/wasm/build.sh")),
    );
    let written = files(&folder.path().join("public"));
    let names: Vec<_> = written.keys().map(|path| path.to_str().unwrap().replace('\\', "/")).collect();
    let wanted = [
        "essai/cas/1.html",
        "essai/cas/index.html",
        "essai/changements/index.html",
        "essai/index.html",
        "index.html",
        "style.css",
    ];
    assert_eq!(names, wanted);
    for (path, bytes) in written {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains("formulaire") && !text.contains("<script"), "{path:?}");
    }
}

#[test]
fn with_its_engine_the_site_has_all_pages_and_the_same_texts_give_the_same_bytes() {
    let folder = folder(&[
        ("textes/essai/essai.pol", SMALL),
        ("textes/essai/cases/1.yaml", ADULT),
        ("moteur/moteur.js", "export default 1;"),
        ("moteur/moteur_bg.wasm", "\0asm"),
    ]);
    for output in ["a", "b"] {
        site(&folder, &["textes", "-o", output, "--engine", "moteur"]).code(0).stderr(is_empty());
    }
    let (a, b) = (files(&folder.path().join("a")), files(&folder.path().join("b")));
    assert!(a == b);
    for name in ["moteur_bg.wasm", "engine.js", "page.js", "essai/formulaire.html", "essai/essai.html"] {
        assert!(a.contains_key(Path::new(name)), "{name}");
    }
    let texts: Value = serde_json::from_slice(&a[Path::new("essai/textes.json")]).unwrap();
    assert_eq!(texts["essai/essai.pol"], SMALL);
    assert_eq!(texts["essai/cases/1.yaml"], ADULT);
}

#[test]
fn what_keeps_a_site_from_being_written_is_told_and_nothing_is_written() {
    let folder = folder(&[
        ("juste/essai.pol", SMALL),
        ("faux/essai.pol", &SMALL.replace("exige", "exije")),
        ("vide/note.txt", "rien"),
        ("moteur/moteur.js", "sans le reste"),
    ]);
    for (arguments, told) in [
        (&["absent"][..], "fichier introuvable : « absent »"),
        (&["vide"], "aucun fichier .pol dans « vide »"),
        (&["faux"], "exije"),
        (&["juste", "--engine", "moteur"], "fichier introuvable : « moteur/moteur_bg.wasm »"),
    ] {
        site(&folder, arguments).code(2).stdout(is_empty()).stderr(contains(told));
        assert!(!folder.path().join("public").exists(), "{arguments:?}");
    }
}
