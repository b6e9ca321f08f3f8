//! `conforme check`: every error and remark of every text.

use conforme::diagnostic::{Diagnostic, Severity};
use conforme::policy::Policy;
use conforme::{check, concordance, render};

use super::args::{Check, CheckFormat};
use super::{TO_CORRECT, catalogue, files, output, print};

/// Checks each text; none stops the others.
pub fn run(args: &Check) -> u8 {
    let mut diagnostics = Vec::new();
    let mut count = 0;
    for found in files::policies(&args.paths) {
        match found.and_then(|(path, name)| catalogue::read(&path, name)) {
            Ok(file) => {
                count += 1;
                let checked = check::check(&file);
                diagnostics.extend(checked.diagnostics);
                if let Some(policy) = &checked.policy {
                    diagnostics.extend(concord(policy, args.all));
                }
            }
            Err(problems) => diagnostics.extend(problems),
        }
    }
    match args.format {
        CheckFormat::Json => print::out(&format!("{}\n", render::diagnostics::json(&diagnostics))),
        CheckFormat::Text => {
            output::report(&diagnostics);
            print::out(&summary(count, &diagnostics));
        }
    }
    let warned = diagnostics.iter().any(|d| d.severity == Severity::Warning);
    if diagnostics.iter().any(Diagnostic::is_error) { TO_CORRECT } else { u8::from(args.strict && warned) }
}

/// What a policy says otherwise than the passages that it quotes; what its author answers only where all is
/// asked for.
fn concord(policy: &Policy, all: bool) -> Vec<Diagnostic> {
    let shown = |remark: concordance::Remark| match remark.answer {
        None => Some(remark.diagnostic),
        Some(reason) if all => Some(Diagnostic {
            severity: Severity::Advice,
            help: Some(format!("réponse de l'auteur : {reason}")),
            ..remark.diagnostic
        }),
        Some(_) => None,
    };
    concordance::review(policy).into_iter().filter_map(shown).collect()
}

fn summary(count: usize, diagnostics: &[Diagnostic]) -> String {
    let of = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let texts = if count > 1 { "textes vérifiés" } else { "texte vérifié" };
    let errors = match of(Severity::Error) {
        0 => "aucune erreur".to_owned(),
        1 => "1 erreur".to_owned(),
        n => format!("{n} erreurs"),
    };
    let warnings = match of(Severity::Warning) {
        0 => String::new(),
        1 => ", 1 remarque".to_owned(),
        n => format!(", {n} remarques"),
    };
    format!("{count} {texts} : {errors}{warnings}\n")
}
