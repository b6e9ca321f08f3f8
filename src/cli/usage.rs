//! Mistakes in a command line, in French: what clap found, in the house's words.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use conforme::diagnostic::Diagnostic;

/// What is wrong with a command line.
pub fn diagnostic(error: &clap::Error) -> Diagnostic {
    let found = |kind| error.get(kind).map(words).filter(|words| !words.is_empty());
    let argument = found(ContextKind::InvalidArg).unwrap_or_default();
    let value = found(ContextKind::InvalidValue).unwrap_or_default();
    let message = match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("il manque une valeur après « {argument} »"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("valeur inconnue pour « {argument} » : « {value} »")
        }
        ErrorKind::UnknownArgument => format!("option ou argument inconnu : « {argument} »"),
        ErrorKind::InvalidSubcommand => {
            format!("commande inconnue : « {} »", found(ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        ErrorKind::NoEquals => format!("il manque « = » dans « {argument} »"),
        ErrorKind::TooManyValues => format!("valeur de trop pour « {argument} » : « {value} »"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("nombre de valeurs inattendu pour « {argument} »")
        }
        ErrorKind::ArgumentConflict => match found(ContextKind::PriorArg) {
            Some(prior) if prior != argument => format!("« {argument} » ne va pas avec « {prior} »"),
            _ => format!("« {argument} » est donné plusieurs fois"),
        },
        ErrorKind::MissingRequiredArgument => format!("il manque : {}", places(&argument)),
        ErrorKind::MissingSubcommand => "il manque une commande".to_owned(),
        ErrorKind::InvalidUtf8 => "un argument n'est pas du texte en UTF-8".to_owned(),
        // Help and version are no mistakes; what the system says is passed on as it is.
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        | ErrorKind::DisplayVersion
        | ErrorKind::Io
        | ErrorKind::Format => error.to_string(),
        _ => error.to_string(),
    };
    let near = [ContextKind::SuggestedValue, ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg];
    let near = near.into_iter().find_map(found);
    let known = [ContextKind::ValidValue, ContextKind::ValidSubcommand].into_iter().find_map(found);
    let help = match (near, known) {
        (Some(near), _) => format!("vouliez-vous dire « {near} » ?"),
        (None, Some(known)) => format!("attendu : {known}"),
        (None, None) => {
            "« conforme --help » montre les commandes, « conforme COMMANDE --help » les options".to_owned()
        }
    };
    Diagnostic::error("commande-mal-formee", message).help(help)
}

/// Places to fill in as the help writes them, `<DOSSIER>...`, between quotation marks.
fn places(argument: &str) -> String {
    argument.replace("...", "").replace('<', "« ").replace('>', " »")
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::None => String::new(),
        ContextValue::Bool(truth) => truth.to_string(),
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => {
            texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
        ContextValue::Number(n) => n.to_string(),
        _ => String::new(),
    }
}
