//! Readings that whoever asks for a decision retains, by their names.

use crate::diagnostic::Diagnostic;
use crate::dossier::Dossier;
use crate::policy::{Policy, ReadingId};
use crate::text;

/// A reading that is retained beside the dossier, in the words of who retains it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedReading {
    reading: String,
    option: String,
}

impl AskedReading {
    /// This option of this reading.
    pub fn new(reading: &str, option: &str) -> AskedReading {
        AskedReading { reading: text::tidy(reading), option: text::tidy(option) }
    }
}

/// The readings that whoever asks retains, in the policy's own terms.
///
/// # Errors
///
/// A reading or an option that the policy does not have, or another than the dossier retains.
pub fn retained(
    policy: &Policy,
    dossier: &Dossier,
    asked: &[AskedReading],
) -> Result<Vec<(ReadingId, u16)>, Vec<Diagnostic>> {
    let mut settled: Vec<(ReadingId, u16)> = Vec::new();
    let mut wrong = Vec::new();
    for AskedReading { reading: name, option } in asked {
        let Some((id, reading)) = (0..)
            .map(ReadingId)
            .zip(&policy.readings)
            .find(|(_, reading)| text::tidy(&reading.head.name) == *name)
        else {
            let names = policy.readings.iter().map(|reading| &*reading.head.name);
            wrong.push(unknown("lecture-inconnue", "lecture inconnue", name, names));
            continue;
        };
        let options = &policy.choices[reading.choice.index()].options;
        let Some(rank) = options.iter().position(|known| text::tidy(known) == *option) else {
            let message = format!("option inconnue de « {name} »");
            wrong.push(unknown("option-inconnue", &message, option, options.iter().map(|o| &**o)));
            continue;
        };
        let rank = u16::try_from(rank).unwrap_or(u16::MAX);
        if let Some((_, other)) = settled.iter().find(|(known, _)| *known == id) {
            if *other != rank {
                wrong.push(
                    Diagnostic::error(
                        "lecture-contraire",
                        format!("« {name} » est retenue de deux façons par la commande"),
                    )
                    .help("n'en donner qu'une"),
                );
            }
            continue;
        }
        if let Some(given) = dossier.reading(id).filter(|given| given.option != rank) {
            let kept = options.get(usize::from(given.option)).map_or("", |option| option);
            let message = format!("« {name} » : la commande retient « {option} », le dossier « {kept} »");
            let mut diagnostic = Diagnostic::error("lecture-contraire", message)
                .help("retirer la lecture de la commande, ou corriger le dossier");
            if let Some(place) = given.place {
                diagnostic = diagnostic.at(&dossier.file, place.value, "retenue ici");
            }
            wrong.push(diagnostic);
        }
        settled.push((id, rank));
    }
    if wrong.is_empty() { Ok(settled) } else { Err(wrong) }
}

fn unknown<'a>(
    code: &'static str,
    message: &str,
    name: &str,
    names: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(code, format!("{message} : « {name} »"));
    match text::nearest(name, names.clone()) {
        None if names.clone().next().is_none() => diagnostic.help("ce texte n'a aucune lecture à retenir"),
        Some(near) => diagnostic.help(format!("vouliez-vous dire « {near} » ?")),
        None => diagnostic.help(format!("attendu : {}", names.collect::<Vec<_>>().join(", "))),
    }
}
