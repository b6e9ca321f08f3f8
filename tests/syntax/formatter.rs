//! The canonical layout.

use conforme::source::SourceFile;
use conforme::syntax;

fn format(text: &str) -> String {
    match syntax::format(&SourceFile::new("t.pol", text)) {
        Ok(text) => text,
        Err(problems) => panic!("{text}\n{problems:#?}"),
    }
}

/// Checks what holds of any formatted text: it says the same, and is formatted already.
#[track_caller]
pub fn settled(text: &str) -> String {
    let once = format(text);
    assert_eq!(format(&once), once, "formatting twice changes nothing");
    let read = |text: &str| syntax::parse(&SourceFile::new("t.pol", text)).0.without_spans();
    assert_eq!(read(text), read(&once), "it says the same");
    once
}

#[test]
fn the_policies_are_laid_out_already() {
    let mut count = 0;
    for folder in std::fs::read_dir("policies").expect("the policies") {
        for file in std::fs::read_dir(folder.expect("a folder").path()).expect("its files") {
            let path = file.expect("a file").path();
            if path.extension().is_some_and(|kind| kind == "pol") {
                let text = std::fs::read_to_string(&path).expect("a text");
                assert_eq!(settled(&text), text, "{}", path.display());
                count += 1;
            }
        }
    }
    assert!(count >= 2);
}

#[test]
fn labels() {
    let source = "dossier
territoire.médecins«médecins du territoire»:entier>=0
« Combien de médecins ? »
collaboration.liens formalisés avec les établissements « liens formalisés avec les établissements de santé » : oui ou non
« Le sont-ils ? »
";
    let laid = "dossier
  territoire.médecins « médecins du territoire » : entier ≥ 0
    « Combien de médecins ? »
  collaboration.liens formalisés avec les établissements « liens formalisés avec les établissements
    de santé » : oui ou non
    « Le sont-ils ? »
";
    let whole = |facts: &str| format!("dispositif essai « Essai »\n\n{facts}");
    assert_eq!(settled(&whole(source)), whole(laid));
    let added = "avenant 1 à ess « Un titre »\n\najoute fait a.b«c»:date\n";
    assert!(settled(added).ends_with("\najoute fait a.b « c » : date\n"));
}

#[test]
fn an_amendment() {
    let source = "avenant   n° 1  à  ess «Un titre»
en vigueur depuis le 1er janvier 2027   jusqu'au 31/12/2030
  publié le 15 novembre 2026
statut projet
 applicable aux dossiers dont  contrat.signé le>=1er janvier 2027
 pour territoire.région est « Corse »
note « Une note »
source avenant1 «Avenant n° 1» , texte opposable
ajoute source autre « Autre », document d'information
# Le seuil.
remplace critère seuil d'adhésion
selon avenant1 « quinze pour cent »
exige taux>=15 %
sauf si circonstances
selon avenant1 « exceptions »
ajoute lecture neuve
« Laquelle ? »
- une: selon avenant1 « a »
- deuxième : selon avenant1 « b »
retient une
selon avenant1 « c »
ajoute fait territoire.région:texte
« Quelle région ? »
note « Une note. »
ajoute fait montant : montant
ajoute définition barème
vaut selon territoire.médecins
jusqu'à 10 : 1 €
au-delà : 2 €
ajoute fait après : date
abroge critère périmètre
selon avenant1 « est abrogé »
abroge fait x
abroge fait y
retient lecture base du seuil:libéraux
selon avenant1, art. 3,II « des libéraux »
";
    let laid = "avenant n° 1 à ess « Un titre »
  en vigueur depuis le 1er janvier 2027 jusqu'au 31/12/2030
  publié le 15 novembre 2026
  statut projet
  applicable aux dossiers dont contrat.signé le ≥ 1er janvier 2027
  pour territoire.région est « Corse »
  note « Une note »

source avenant1 « Avenant n° 1 », texte opposable

ajoute source autre « Autre », document d'information

# Le seuil.
remplace critère seuil d'adhésion
  selon avenant1 « quinze pour cent »
  exige taux ≥ 15 %
  sauf si circonstances
    selon avenant1 « exceptions »

ajoute lecture neuve
  « Laquelle ? »
  - une      : selon avenant1 « a »
  - deuxième : selon avenant1 « b »
  retient une
    selon avenant1 « c »

ajoute fait territoire.région : texte
  « Quelle région ? »
  note « Une note. »

ajoute fait montant : montant

ajoute définition barème
  vaut selon territoire.médecins
    jusqu'à 10 : 1 €
    au-delà    : 2 €

ajoute fait après : date

abroge critère périmètre
  selon avenant1 « est abrogé »

abroge fait x
abroge fait y

retient lecture base du seuil : libéraux
  selon avenant1, art. 3,II « des libéraux »
";
    assert_eq!(settled(source), laid);
}

#[test]
fn white_space_and_signs() {
    let source = "\u{feff}# En-tête   \r
\r
\r
dispositif   t«Titre»\r
en vigueur depuis le   1er  janvier 2025\r
source A «Un titre» , texte opposable
source  Longue «Un autre» dans « a.txt », document d'information
critère  c
selon A , art. 3 / 4,  II «un passage
sur deux lignes
      »
exige
- a>=3 et(b<=4)
-   c d!=80000€   # remarque
  - e si f
- x est parmi u ,v
    - montant du lot*2/3 >-5
sauf si
- g
      - h
selon A « dérogation »
définition d
vaut 10% de  a   si  -b<0
vaut 2   dans les autres cas
  # à propos de e
définition e
vaut a+
b
et c
  note «fin»
";
    let expected = "# En-tête

dispositif t « Titre »
  en vigueur depuis le 1er janvier 2025

source A      « Un titre », texte opposable
source Longue « Un autre » dans « a.txt », document d'information

critère c
  selon A, art. 3 / 4, II « un passage sur deux lignes »
  exige
    - a ≥ 3 et (b ≤ 4)
    - c d ≠ 80000 €  # remarque
    - e  si f
    - x est parmi u, v
    - montant du lot × 2 ÷ 3 > -5
  sauf dans l'un de ces cas
    - g
    - h
    selon A « dérogation »

définition d
  vaut 10 % de a  si -b < 0
  vaut 2          dans les autres cas

# à propos de e
définition e
  vaut a +
    b
    et c
  note « fin »
";
    assert_eq!(settled(source), expected);
}

#[test]
fn spellings_stay() {
    let source = "dispositif t « t »

définition l’âge
  vaut 01/01/2025  si l'aide = l’autre
  vaut 1 an        sinon

dossier
  # comptés à la fin
  nombre : entier > 0 et < 10, à l'appréciation du chef, si a
  type : parmi a < b, unique
    « Lequel ? »
    note « n »

lecture l
  « Laquelle ? »
  - court          : selon A « p »
  - bien plus long : selon A, p. 3 « q »
    selon B

paramètre p
  vaut 1 + 1 depuis le 1er mars 2025 jusqu'au 2 avril 2026
  vaut 3     depuis le 3 avril 2026

financement f
  montant selon x, par tranches
    de a à b   : 1 €
    plus de 10 : entre 1 € et 2 €
    au-delà    : 3 €
  plafonné à 3 €

# fin
";
    assert_eq!(settled(source), source);
}

#[test]
fn a_file_that_does_not_read_is_not_touched() {
    let problems = syntax::format(&SourceFile::new("t.pol", "dispositif t « t »\ncritère c\n  exige ≥\n"));
    assert_eq!(problems.expect_err("a mistake").len(), 1);
}
