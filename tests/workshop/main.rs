//! The author's workshop, as an author runs it: on the binary, in a folder of policies of its own.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

mod approved;
mod coverage;
mod expected;
mod mutation;
mod own;
mod programs;
mod review;
mod strangers;
mod versions;

/// A policy with a threshold, a derogation and an amount.
pub const POLICY: &str = "\
dispositif essai « Aide d'essai »
  en vigueur depuis le 1er janvier 2025

source texte « Un texte », texte opposable

dossier
  âge : entier ≥ 0
    « Quel âge ? »
  dispense : oui ou non
    « Une dispense d'âge est-elle accordée ? »
  enfants : entier ≥ 0
    « Combien d'enfants ? »

critère majorité
  selon texte « avoir au moins dix-huit ans »
  exige âge ≥ 18
  sauf si dispense

critère famille
  selon texte « avoir au plus quatre enfants »
  exige enfants ≤ 4

décision accord
  selon texte « l'accord »
  favorable si tous les critères sont remplis

financement prime
  selon texte « 100 € par enfant »
  prévu si
    - accord
    - enfants ≥ 1
  montant 100 € × enfants
  une fois
";

/// Three cases of it: one on each side of the threshold, one with a derogation.
pub const CASES: [(&str, &str); 3] = [
    (
        "adulte",
        "âge: 18\ndispense: non\nenfants: 2\nattendu:\n  décision: favorable\n  financement prime: dû, 200 €\n",
    ),
    ("dispense", "âge: 12\ndispense: oui\nenfants: 0\n"),
    ("enfant", "âge: 17\ndispense: non\nenfants: 0\nattendu: {critère majorité: non rempli}\n"),
];

/// A folder of policies.
pub struct Workshop {
    folder: TempDir,
}

impl Workshop {
    /// The policy with its cases, none of them approved yet.
    pub fn fresh() -> Workshop {
        let workshop = Workshop { folder: tempfile::tempdir().unwrap() };
        workshop.write("essai/essai.pol", POLICY);
        for (name, answers) in CASES {
            workshop.case(name, answers);
        }
        workshop
    }

    /// With all cases approved.
    pub fn approved() -> Workshop {
        let workshop = Workshop::fresh();
        workshop.test(&["--accept"]).success();
        workshop
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn case(&self, name: &str, answers: &str) {
        let head = "dispositif: essai\ndossier: Essai\nexaminé le: 2025-06-01\n";
        self.write(&format!("essai/cases/{name}.yaml"), &format!("{head}{answers}"));
    }

    /// The policy with one of its words changed.
    pub fn change(&self, from: &str, to: &str) {
        assert!(POLICY.contains(from), "{from}");
        self.write("essai/essai.pol", &POLICY.replace(from, to));
    }

    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    pub fn decision(&self, case: &str) -> Option<String> {
        fs::read_to_string(self.path(&format!("essai/cases/{case}.decision.md"))).ok()
    }

    pub fn command(&self, command: &str, arguments: &[&str]) -> Command {
        let mut run = conforme();
        run.arg(command).args(arguments).arg("--policies").arg(self.folder.path());
        run
    }

    pub fn test(&self, arguments: &[&str]) -> assert_cmd::assert::Assert {
        self.command("test", arguments).assert()
    }
}

pub fn conforme() -> Command {
    Command::new(env!("CARGO_BIN_EXE_conforme"))
}

/// What a command printed, with plain spaces.
pub fn printed(assert: &assert_cmd::assert::Assert) -> String {
    plain(&String::from_utf8_lossy(&assert.get_output().stdout))
}

/// What it printed for a person to correct, on one line.
pub fn complained(assert: &assert_cmd::assert::Assert) -> String {
    let text = plain(&String::from_utf8_lossy(&assert.get_output().stderr));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

#[track_caller]
pub fn says(text: &str, wanted: &str) {
    assert!(text.contains(wanted), "« {wanted} » ne se lit pas dans :\n{text}");
}

/// The folder of the project's own policies.
pub fn policies() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/policies"))
}
