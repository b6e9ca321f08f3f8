//! The changes of a text, a page for each day on which something changes.

use conforme::pages::{Engine, Shelf, site};

const BASE: &str = "dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2025

dossier
  effectif : entier ≥ 0
    « Combien ? »

critère taille
  exige effectif ≥ 10

décision accord
  favorable si tous les critères sont remplis
";

const AMENDMENT: &str = "avenant 1 à essai « Plus grand »
  en vigueur depuis le 1er mars 2026
  publié le 1er février 2026
  statut projet

remplace critère taille
  exige effectif ≥ 12
";

fn shelf() -> Shelf {
    let case = |name: &str, count: u32| {
        let said = format!("dispositif: essai\nexaminé le: 2025-06-01\neffectif: {count}\n");
        (format!("essai/cases/{name}.yaml"), said.into_bytes())
    };
    Shelf::new([
        ("essai/essai.pol".to_owned(), BASE.as_bytes().to_vec()),
        ("essai/avenant.pol".to_owned(), AMENDMENT.as_bytes().to_vec()),
        case("dix", 10),
        case("douze", 12),
    ])
}

#[test]
fn each_day_of_change_has_its_page_drafts_included() {
    let shelf = shelf();
    let list = shelf.changes_page("essai", Engine::Serve).unwrap();
    assert!(
        list.contains("<a href=\"2026-03-01\">le 1er\u{a0}mars 2026</a>")
            || list.contains("<a href=\"2026-03-01\">le 1er mars 2026</a>"),
        "{list}"
    );
    let page = shelf.change_page("essai", "2026-03-01", Engine::Serve).unwrap();
    // The case of ten turns, that of twelve does not.
    assert!(page.contains("dix") && !page.contains("douze"), "{page}");
    assert!(page.contains("taille"), "{page}");
    // The site has the same, but for the addresses at its head.
    let on_site = shelf.change_page("essai", "2026-03-01", Engine::Wasm).unwrap();
    let told = |page: &str| page.split_once("</nav>").map(|(_, told)| told.to_owned());
    assert_eq!(told(&page), told(&on_site));
    for day in ["2026-03-02", "2025-01-01", "hier", "<script>"] {
        let told = shelf.change_page("essai", day, Engine::Serve).unwrap_err();
        assert_eq!(told[0].code, "changement-inconnu", "{day}");
    }
}

#[test]
fn they_are_among_the_files_of_a_site() {
    let files = site(&shelf(), Engine::Still).unwrap();
    let of = |path: &str| files.iter().find(|(known, _)| known == path).map(|(_, text)| text.as_str());
    assert!(of("essai/changements/2026-03-01.html").is_some());
    let list = of("essai/changements/index.html").unwrap();
    assert!(list.contains("href=\"2026-03-01.html\""), "{list}");
    assert!(of("essai/index.html").unwrap().contains("href=\"changements/index.html\""));
}

#[test]
fn a_text_that_never_changes_says_so() {
    let shelf = Shelf::new([("essai/essai.pol".to_owned(), BASE.as_bytes().to_vec())]);
    let list = shelf.changes_page("essai", Engine::Wasm).unwrap();
    assert!(list.contains("Un seul texte, sans avenant ni projet"), "{list}");
}
