//! `conforme diff` as it is run: what it exits with, what it writes, what it leaves aside.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;
use tempfile::TempDir;

const AID: &str = "\
dispositif aide « Une aide »
  en vigueur depuis le 1er janvier 2025

source A « Arrêté », texte opposable

dossier

  membres : entier ≥ 0
    « Combien de membres ? »
  inscrits : entier ≥ 0
    « Combien d'inscrits ? »
  signé le : date
    « Signé quand ? »

critère nombre
  selon A « au moins 10 membres »
  exige membres ≥ 10

financement forfait
  selon A « 100 € par membre »
  prévu si accord
  montant 100 € × membres

décision accord
  selon A « l'aide est accordée »
  favorable si tous les critères sont remplis
";

const RAISED: &str = "\
avenant 1 à aide « Relèvement »
  en vigueur depuis le 1er janvier 2027
  statut projet
  applicable aux dossiers dont signé le ≥ 1er janvier 2027

source avenant1 « Avenant n° 1 », texte opposable

remplace critère nombre
  selon avenant1 « au moins 12 membres »
  exige membres ≥ 12
";

const REPEALS: &str = "\
avenant 2 à aide « Simplification »
  en vigueur depuis le 1er janvier 2027

abroge fait inscrits
";

const ELEVEN: &str =
    "dispositif: aide\ndossier: Onze\nexaminé le: 2026-05-04\nmembres: 11\nsigné le: 2026-02-03\n";

fn conforme() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_conforme"));
    command.env("NO_COLOR", "1");
    command
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

/// One text with a case and a draft amendment.
fn texts() -> TempDir {
    folder(&[("aide/aide.pol", AID), ("aide/cases/onze.yaml", ELEVEN), ("avenant-1.pol", RAISED)])
}

fn diff(folder: &TempDir, args: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = conforme();
    command.current_dir(folder.path()).arg("diff").args(args).args(["--policies", "."]);
    command.assert()
}

fn json(folder: &TempDir, args: &[&str]) -> Value {
    let done = diff(folder, &[args, &["--format", "json"]].concat());
    serde_json::from_slice(&done.get_output().stdout).expect("JSON")
}

#[test]
fn nothing_differs_between_a_text_and_itself() {
    let texts = texts();
    let same = "les deux textes disent la même chose, et décident de même";
    diff(&texts, &["aide", "aide"]).code(0).stdout(contains("AUCUN CHANGEMENT").and(contains(same)));
}

#[test]
fn a_draft_counts_only_where_it_is_asked_for() {
    let texts = texts();
    diff(&texts, &["aide@2026-12-31", "aide@2027-01-01"]).code(0);
    diff(&texts, &["aide", "aide"]).code(0).stdout(contains("avenant").not());
    let told = json(&texts, &["aide@2026-12-31", "aide@2027-01-01", "--draft"]);
    assert_eq!(told["changes"][0]["sentences"][0], "le minimum de « membres » passe de 10 à 12");
    assert_eq!(told["after"]["amendments"][0]["draft"], true);
    // A draft whose file is given is asked for.
    diff(&texts, &["aide", "avenant-1.pol"]).code(1).stdout(contains("1 CHANGEMENT"));
}

#[test]
fn each_form_is_written() {
    let texts = texts();
    let args = |form: &'static str| ["aide", "avenant-1.pol", "--format", form];
    let scope = "pour les seuls dossiers suivants";
    diff(&texts, &args("text")).code(1).stdout(contains(scope));
    diff(&texts, &args("markdown")).code(1).stdout(contains("## Ce qui change dans le texte, pour"));
    diff(&texts, &args("html")).code(1).stdout(contains("<!doctype html>").and(contains("1er")));
    diff(&texts, &args("yaml")).code(1).stdout(contains("schema: conforme.diff/1"));
    let told = json(&texts, &["aide", "avenant-1.pol"]);
    assert_eq!(told["schema"], "conforme.diff/1");
    assert_eq!(told["changes"][0]["scope_said"], "signé le 1er janvier 2027 ou après");
    let english = diff(&texts, &["aide", "avenant-1.pol", "--lang", "en"]).code(1);
    english.stdout(contains("1 CHANGE ").and(contains("the minimum of “membres” goes from 10 to 12")));
}

/// A made dossier is written as it would be in a file.
#[test]
fn a_made_dossier_is_written_in_lines() {
    let texts = folder(&[("aide/aide.pol", AID), ("avenant-1.pol", RAISED)]);
    let lines =
        |indent: &str| format!("\n{indent}dispositif: aide\n{indent}dossier: essai\n{indent}examiné le: ");
    let told = |form: &'static str| diff(&texts, &["aide", "avenant-1.pol", "--format", form]).code(1);
    told("text").stdout(contains(lines("      ")));
    told("markdown").stdout(contains(format!("  ```yaml{}", lines("  "))));
}

#[test]
fn what_is_missing_is_said() {
    let texts = texts();
    diff(&texts, &["aide", "nulle-part.pol"]).code(2).stderr(contains("nulle-part.pol"));
    diff(&texts, &["aides", "aide"]).code(2).stderr(contains("vouliez-vous dire « aide »"));
    let none = "aucune version de « aide » n'est en vigueur le 3 mai 2023";
    diff(&texts, &["aide@2023-05-03", "aide"]).code(2).stderr(contains(none));
    diff(&texts, &["aide@hier", "aide"]).code(2).stderr(contains("hier"));
    let other = AID.replace("dispositif aide", "dispositif autre");
    let texts = folder(&[("autre.pol", &other), ("avenant-1.pol", RAISED)]);
    diff(&texts, &["autre", "avenant-1.pol"]).code(2).stderr(contains("attendu un avenant à « autre »"));
}

#[test]
fn a_broken_dossier_is_named_and_the_others_are_decided() {
    let texts = texts();
    let given = folder(&[("a.yaml", ELEVEN), ("b.yaml", "dispositif: aide\nmembres: onze\n")]);
    let told = json(&texts, &["aide", "avenant-1.pol", "--dossiers", &given.path().to_string_lossy()]);
    let folder = &told["totals"][1];
    assert_eq!((folder["origin"].as_str(), folder["decided"].as_u64()), (Some("folder"), Some(1)));
    let unread = told["covered"]["unread"][0].as_str().expect("a name");
    assert!(unread.ends_with("b.yaml"), "{unread}");
    let empty = tempfile::tempdir().expect("a folder");
    diff(&texts, &["aide", "avenant-1.pol", "--dossiers", &empty.path().to_string_lossy()]).code(1);
    diff(&texts, &["aide", "avenant-1.pol", "--dossiers", "nulle-part"])
        .code(2)
        .stderr(contains("nulle-part"));
}

/// What `decide` comes to: the outcome, and the statuses and amounts of what it holds.
fn decided(policies: &Path, dossier: &Path, draft: bool) -> Option<Value> {
    let mut command = conforme();
    command.arg("decide").arg(dossier).arg("--policies").arg(policies).args(["--format", "json"]);
    if draft {
        command.arg("--draft");
    }
    let done = command.output().expect("a run");
    (done.status.code() != Some(2)).then(|| serde_json::from_slice(&done.stdout).expect("JSON"))
}

#[test]
fn each_witness_that_is_written_decides_as_announced_under_both_texts() {
    let adds = "avenant 3 à aide « Région »\n  en vigueur depuis le 1er janvier 2027\n  statut projet\n  pour région est « Corse »\n\najoute fait région : texte\n  « Où ? »\n\nremplace financement forfait\n  selon A « 100 € par membre »\n  prévu si accord\n  montant 120 € × membres\n";
    for amendment in [RAISED, adds] {
        let texts =
            folder(&[("aide/aide.pol", AID), ("aide/cases/onze.yaml", ELEVEN), ("avenant.pol", amendment)]);
        let old = folder(&[("aide.pol", AID)]);
        let new = folder(&[("aide.pol", AID), ("avenant.pol", amendment)]);
        let written = tempfile::tempdir().expect("a folder");
        let told = json(&texts, &["aide", "avenant.pol", "--witnesses", &written.path().to_string_lossy()]);
        let witnesses = told["witnesses"].as_array().expect("witnesses");
        assert!(!witnesses.is_empty());
        for (rank, witness) in witnesses.iter().enumerate() {
            let file = |side: &str| {
                let both = written.path().join(format!("exemple-{:02}.yaml", rank + 1));
                if both.exists() {
                    both
                } else {
                    written.path().join(format!("exemple-{:02}-{side}.yaml", rank + 1))
                }
            };
            let came =
                [decided(old.path(), &file("avant"), false), decided(new.path(), &file("apres"), true)];
            for difference in witness["differences"].as_array().expect("differences") {
                for (came, side) in came.iter().zip(["before", "after"]) {
                    let claimed = &difference[side];
                    let shown =
                        format!("{difference:#}\n{}", witness["dossier"].as_str().unwrap_or_default());
                    let list = match difference["kind"].as_str().expect("a kind") {
                        "sent_back" => {
                            assert_eq!(came.is_none(), *claimed == "sent_back", "{shown}");
                            continue;
                        }
                        "outcome" => {
                            assert_eq!(came.as_ref().expect("decided")["outcome"], *claimed, "{shown}");
                            continue;
                        }
                        "criterion" => "criteria",
                        "funding" => "funding",
                        other => panic!("{other} has no status here"),
                    };
                    let items = came.as_ref().expect("decided")[list].as_array().expect("items").clone();
                    let item =
                        items.iter().find(|item| item["name"] == difference["name"]).expect("the item");
                    assert_eq!(item["status"], claimed["status"], "{shown}");
                    if item["status"] == "due" {
                        assert_eq!(item["amount"]["min"], claimed["amount"]["min"], "{shown}");
                    }
                }
            }
        }
    }
}

#[test]
fn eleven_members_are_refused_by_the_amendment_alone() {
    // 11 ≥ 10, and 11 < 12; examined on the first day of the amendment, signed on it.
    let told = json(&texts(), &["aide", "avenant-1.pol"]);
    let first = &told["witnesses"][0];
    assert_eq!(first["differences"][0]["before"], "favourable");
    assert_eq!(first["differences"][0]["after"], "unfavourable");
    assert_eq!(told["covered"]["postponed_to"], "2027-01-01");
    // 1 100 € that are no longer due.
    let lost =
        first["differences"].as_array().expect("differences").iter().find(|one| one["name"] == "forfait");
    let members = first["differences"][1]["summary_before"].as_str().expect("a summary");
    assert!(members.contains("11"), "{first:#}");
    assert_eq!(lost.expect("the funding")["before"]["amount"]["min"], "1100.00");
}

#[test]
fn an_answer_to_a_repealed_fact_says_what_repealed_it() {
    let texts = folder(&[("aide.pol", AID), ("avenant-2.pol", REPEALS)]);
    let dossier = format!("{}inscrits: 40\n", ELEVEN.replace("2026-05-04", "2027-05-04"));
    let mut command = conforme();
    command.args(["decide", "-", "--policies"]).arg(texts.path()).write_stdin(dossier);
    let done = command.assert().code(2);
    let said =
        String::from_utf8_lossy(&done.get_output().stderr).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("clé inconnue : « inscrits »"), "{said}");
    let by = "« inscrits » n'est plus demandé depuis le 1er janvier 2027, abrogé par l'avenant n° 2 : retirer cette ligne";
    assert!(said.contains(by), "{said}");
}

/// A fact that is asked from now on, and another that no longer is: neither moves what nobody reads them for.
#[test]
fn one_fact_added_and_one_repealed() {
    let after = AID
        .replace("  inscrits : entier ≥ 0\n    « Combien d'inscrits ? »\n", "")
        .replace(
            "  signé le : date",
            "  salariés : entier ≥ 0\n    « Combien de salariés ? »\n  signé le : date",
        )
        .replace("exige membres ≥ 10", "exige membres + salariés ≥ 10");
    let texts = folder(&[("avant.pol", AID), ("apres.pol", &after)]);
    let told = json(&texts, &["avant.pol", "apres.pol"]);
    let changes = told["changes"].as_array().expect("changes").iter();
    let changes: Vec<_> =
        changes.map(|c| (c["kind"].clone(), c["name"].clone(), c["change"].clone())).collect();
    let expected =
        [("criterion", "nombre", "changed"), ("fact", "salariés", "added"), ("fact", "inscrits", "repealed")];
    let expected: Vec<_> = expected.map(|(kind, name, what)| (kind.into(), name.into(), what.into())).into();
    assert_eq!(changes, expected, "{told:#}");
    diff(&texts, &["avant.pol", "apres.pol"]).code(1).stdout(contains("salariés").and(contains("inscrits")));
}

/// An envelope that grows and a cap that falls: what each sentence says, and in the gender of the item.
#[test]
fn a_sharing_out() {
    const FUND: &str = "\
dispositif fonds « Un fonds »
  en vigueur depuis le 1er janvier 2025

source A « Arrêté », texte opposable

dossier

  communes : liste
    « Quelles communes ? »
  communes.nom : texte, unique
    « Son nom ? »
  communes.journées : entier ≥ 0
    « Combien de journées ? »

répartition fonds commun
  selon A « Mille euros sont répartis, dans la limite de 600 € chacune. »
  enveloppe de 1 000 €
  entre communes
  au prorata de journées
  dans la limite de 600 € chacune
  arrondi à l'euro inférieur
  le reste est partagé de même entre les autres
  le restant est reporté
";
    // By hand: 30 and 10 days of 1 000 € are 750 € and 250 €; capped at 600 €, the other takes the 150 € that are
    // left: 600 € and 400 €, 1 000 € in all. Capped at 450 €, both are: 900 €. One commune alone: 600 €, then 450 €.
    let dossier = "dispositif: fonds\ndossier: Deux\nexaminé le: 2026-05-04\ncommunes:\n  - {nom: A, journées: 30}\n  - {nom: B, journées: 10}\n";
    let after = FUND.replace("600 €", "450 €");
    let texts = folder(&[("avant.pol", FUND), ("apres.pol", &after), ("dossiers/deux.yaml", dossier)]);
    let told = json(&texts, &["avant.pol", "apres.pol", "--dossiers", "dossiers"]);
    let change = &told["changes"][1]["sentences"][0];
    let both = "la valeur passe de « au prorata de journées, dans la limite de 600 € chacune, arrondi à l'euro inférieur, le reste est partagé de même entre les autres » à « au prorata de journées, dans la limite de 450 € chacune, arrondi à l'euro inférieur, le reste est partagé de même entre les autres »";
    assert_eq!(change, both, "{told:#}");
    let said = contains("\u{a0}: due (600\u{a0}€) avant, due (450\u{a0}€)");
    diff(&texts, &["avant.pol", "apres.pol", "--dossiers", "dossiers"]).code(1).stdout(said);
}

/// The only case is favourable by exception, and out of time once it is moved to where the amendment goes.
#[test]
fn who_is_refused_is_found_where_each_case_is_excused_or_out_of_time() {
    const BICYCLE: &str = "\
dispositif velo « Aide à l'achat d'un vélo »
  en vigueur depuis le 1er mars 2025

source règlement « Règlement », texte opposable

dossier

  quotient : montant ≥ 0 €
    « Quel quotient ? »
  achat.fait le : date
    « Quand le vélo a-t-il été acheté ? »
  demande.reçue le : date
    « Quand la demande a-t-elle été reçue ? »
  handicap : oui ou non
    « Le demandeur est-il en situation de handicap ? »

critère ressources
  selon règlement « dont le quotient est au plus de 14 089 euros »
  exige quotient ≤ 14 089 €
  sauf si handicap
    selon règlement « sauf handicap »

critère délai
  selon règlement « dans les six mois suivant l'achat »
  exige demande.reçue le est dans les 6 mois suivant achat.fait le

décision attribution
  favorable si tous les critères sont remplis
";
    const LOWERED: &str = "\
avenant 1 à velo « Plafond de ressources »
  en vigueur depuis le 1er janvier 2027
  applicable aux dossiers dont achat.fait le ≥ 1er janvier 2027

source délibération « Délibération », texte opposable

remplace critère ressources
  selon délibération « dont le quotient est au plus de 13 000 euros »
  exige quotient ≤ 13 000 €
  sauf si handicap
    selon règlement « sauf handicap »
";
    const EXCUSED: &str = "\
dispositif: velo
dossier: Excusée
examiné le: 2025-10-01
quotient: 20 000 €
achat: {fait le: 2025-09-15}
demande: {reçue le: 2025-09-15}
handicap: oui
";
    let folder = folder(&[
        ("velo/velo.pol", BICYCLE),
        ("velo/cases/excusee.yaml", EXCUSED),
        ("avenant-1.pol", LOWERED),
    ]);
    diff(&folder, &["velo", "avenant-1.pol"])
        .code(1)
        .stdout(contains("favorable avant, défavorable après, par le critère"));
}

/// What adds up is said to be all that adds up: ranges are counted apart.
#[test]
fn a_sum_says_what_it_leaves_out() {
    const LUMP: &str = "\
dispositif aide « Une aide »
  en vigueur depuis le 1er janvier 2025

source A « Arrêté », texte opposable
source B « Notice », document d'information

dossier

  nombre : entier ≥ 0
    « Combien ? »

lecture base
  « Laquelle ? »
  - a : selon A « la première »
  - b : selon B « la seconde »

décision accord
  favorable si nombre ≥ 1

financement forfait
  selon A « le forfait »
  prévu si accord
  montant 100 € × nombre  si base est a
  montant 200 € × nombre  dans les autres cas
";
    let after = LUMP.replace("200 €", "250 €");
    let dossier = |name: &str, more: &str| {
        format!("dispositif: aide\ndossier: {name}\nexaminé le: 2026-05-04\nnombre: 2\n{more}")
    };
    let settled = dossier("Fixé", "lectures: {base: b}\n");
    let open = dossier("Ouvert", "");
    let folder = folder(&[
        ("avant.pol", LUMP),
        ("apres.pol", &after),
        ("dossiers/fixe.yaml", &settled),
        ("dossiers/ouvert.yaml", &open),
    ]);
    let asked = ["avant.pol", "apres.pol", "--dossiers", "dossiers"];
    let amount = |asked: &[&str]| {
        let told = json(&folder, asked);
        let given = told["totals"].as_array().expect("totals").iter().find(|of| of["origin"] == "folder");
        given.expect("dossiers given")["amounts"][0].clone()
    };
    // 2 × 50 € more where the reading is settled; from 200–400 € to 200–500 € where it is not.
    let (more, less) = (amount(&asked), amount(&["apres.pol", "avant.pol", "--dossiers", "dossiers"]));
    assert_eq!((&more["by"], &more["ranges"]), (&"100.00".into(), &1.into()), "{more}");
    assert_eq!((&less["by"], &less["ranges"]), (&"-100.00".into(), &1.into()), "{less}");
    diff(&folder, &asked).code(1).stdout(contains("de plus en tout (une fourchette non comptée)"));
}
