//! The cases of a policy: their list, and the decision of each.

use std::fmt::Write as _;

use super::answers;
use super::whole::{Engine, menu};
use crate::diagnostic::Diagnostic;
use crate::history::Text;
use crate::render::document::{Block, Cell, Document, Grid, Section, Target, Tone};
use crate::render::html::{Site, site_page};
use crate::render::words::outcome_word;
use crate::render::{Explain, Lang, pictures, report};
use crate::shelf::{CaseFile, Shelf};
use crate::wording::french::several;

impl Shelf {
    /// The list of the cases of a policy, each with its outcome.
    ///
    /// # Errors
    ///
    /// There is no policy of that identifier.
    pub fn cases_page(&self, id: &str, engine: Engine) -> Result<String, Vec<Diagnostic>> {
        let text = self.text_of(id)?;
        let rows: Vec<Vec<Cell>> = self
            .cases(id)
            .map(|case| {
                let page = Target::Page(engine.address(&escaped(&case.name)), None);
                let (subject, outcome) = match self.decide(&case.file, None) {
                    Ok(decided) => {
                        let outcome = decided.decision.outcome;
                        let name = decided.dossier.name.as_deref().unwrap_or_default().to_owned();
                        (name, Cell::toned(outcome_word(outcome, Lang::Fr), Tone::of(outcome)))
                    }
                    Err(_) => (String::new(), Cell::toned("à corriger", Tone::Open)),
                };
                vec![Cell::link(case.name.as_str(), page), Cell::plain(subject), outcome]
            })
            .collect();
        let blocks = match rows.len() {
            0 => vec![Block::Para("Aucun cas n'accompagne ce texte.".to_owned())],
            count => vec![Block::Grid(Grid {
                caption: several(count, "cas", "cas"),
                heads: ["cas", "dossier", "décision"].map(str::to_owned).to_vec(),
                rows,
            })],
        };
        let document = plain(text.title(), "Les cas et leurs décisions", blocks);
        Ok(case_page(text, &document, engine))
    }

    /// The decision of a case.
    ///
    /// # Errors
    ///
    /// There is no such policy or case.
    pub fn case_page(&self, id: &str, name: &str, engine: Engine) -> Result<String, Vec<Diagnostic>> {
        let text = self.text_of(id)?;
        let case = self.cases(id).find(|case| case.name == name).ok_or_else(|| {
            vec![Diagnostic::error("cas-inconnu", format!("aucun cas de ce texte ne s'appelle « {name} »"))]
        })?;
        let document = match self.decide(&case.file, None) {
            Ok(decided) => {
                let (policy, dossier, decision) = (decided.policy, &decided.dossier, &decided.decision);
                let mut report = report::of(policy, dossier, decision, Explain::Full, Lang::Fr);
                report.hint = None;
                report.sections.extend(pictures::standing(policy, dossier, decision, Lang::Fr));
                report.sections.push(written(case));
                report
            }
            Err(problems) => {
                let mut document = plain(text.title(), &case.name, answers::told(&problems));
                document.sections.push(written(case));
                document
            }
        };
        Ok(case_page(text, &document, engine))
    }
}

/// The dossier as it is written.
fn written(case: &CaseFile) -> Section {
    let title = format!("Le dossier « {} »", case.name);
    Section { title, blocks: vec![Block::ToWrite(case.file.text().to_owned())] }
}

fn plain(title: &str, subtitle: &str, blocks: Vec<Block>) -> Document {
    Document {
        head: Vec::new(),
        title: title.to_owned(),
        subtitle: vec![subtitle.to_owned()],
        verdict: None,
        sections: vec![Section { title: String::new(), blocks }],
        hint: None,
    }
}

fn case_page(text: &Text, document: &Document, engine: Engine) -> String {
    let menu = menu(text, engine, "../");
    site_page(document, Lang::Fr, &Site { root: "../../", menu: &menu, data: &[], ahead: &[], wide: false })
}

/// A name as an address has it.
pub fn escaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
dispositif aide « Aide »
  en vigueur depuis le 1er janvier 2025

dossier

  revenu : montant ≥ 0 €
    « Quel est le revenu ? »

critère ressources
  exige revenu ≤ 1 000 €

décision aide
  favorable si tous les critères sont remplis
";

    fn shelf(cases: &[(&str, &str)]) -> Shelf {
        let text = ("aide/aide.pol".to_owned(), TEXT.as_bytes().to_vec());
        let cases = cases.iter().map(|(name, written)| {
            let written = format!("dispositif: aide\nexaminé le: 2025-06-01\n{written}");
            (format!("aide/cases/{name}.yaml"), written.into_bytes())
        });
        Shelf::new(std::iter::once(text).chain(cases))
    }

    #[test]
    fn a_name_of_a_case_leads_to_its_page_whatever_it_is() {
        let name = "a b#?%\"<é>";
        let page = shelf(&[(name, "revenu: 1\n")]).cases_page("aide", Engine::Wasm).unwrap();
        assert!(page.contains("href=\"a%20b%23%3F%25%22%3C%C3%A9%3E.html\""), "{page}");
        assert!(page.contains("a b#?%&quot;&lt;é&gt;</a>"), "{page}");
    }

    #[test]
    fn a_name_needs_no_quotes_in_an_address() {
        assert_eq!(escaped("équipe \"1\"\r\n.yaml"), "%C3%A9quipe%20%221%22%0D%0A.yaml");
    }

    #[test]
    fn the_page_of_a_case_shows_its_decision_and_the_dossier() {
        let shelf = shelf(&[("1", "revenu: 900\n"), ("2", "revenu: neuf\n")]);
        let page = shelf.case_page("aide", "1", Engine::Serve).unwrap();
        assert!(page.contains("FAVORABLE") && page.contains("revenu: 900"), "{page}");
        let page = shelf.case_page("aide", "2", Engine::Serve).unwrap();
        assert!(page.contains("neuf") && !page.contains("FAVORABLE"), "{page}");
        assert!(shelf.case_page("aide", "3", Engine::Serve).is_err());
        assert!(shelf.case_page("autre", "1", Engine::Serve).is_err());
    }

    #[test]
    fn the_list_says_the_outcome_of_each() {
        let page = shelf(&[("1", "revenu: 900\n"), ("2", "revenu: neuf\n")])
            .cases_page("aide", Engine::Serve)
            .unwrap();
        assert!(page.contains("favorable") && page.contains("à corriger"), "{page}");
        let none = shelf(&[]).cases_page("aide", Engine::Serve).unwrap();
        assert!(none.contains("Aucun cas n&#39;accompagne ce texte"), "{none}");
    }
}
