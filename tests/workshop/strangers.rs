//! Policies of other kinds than the project's own, with no case: what is found for them is complete.

use crate::{Workshop, printed, says};

/// A means test by zone over a household, with a derogation.
const HOUSEHOLD: &str = "\
dispositif foyer « Aide au logement d'essai »
  en vigueur depuis le 1er mars 2024

source règlement « Règlement d'essai », texte opposable

dossier
  personnes : liste
    « Qui vit au foyer ? »
  personnes.prénom : texte, unique
    « Quel est son prénom ? »
  personnes.né le : date
    « Quelle est sa date de naissance ? »
  personnes.étudiant : oui ou non
    « Est-il étudiant ? »
  ressources : montant ≥ 0 €
    « Quelles sont les ressources de l'année ? »
  zone : parmi A, B
    « Dans quelle zone est le logement ? »

définition enfants à charge
  vaut nombre de personnes dont étudiant ou né le + 18 ans > date d'examen

définition plafond
  vaut selon zone
    A : 20 000 €
    B : 18 000 €

critère ressources modestes
  selon règlement, art. 1 « ne pas dépasser le plafond »
  exige ressources ≤ plafond
  sauf si enfants à charge ≥ 3
    selon règlement, art. 1 « sauf trois enfants à charge »

décision accord
  selon règlement, art. 2 « l'aide est accordée »
  favorable si tous les critères sont remplis

financement aide mensuelle
  selon règlement, art. 3 « 50 € par enfant à charge »
  prévu si accord
  montant 50 € × enfants à charge
  chaque mois
";

/// A time limit that two readings start on different days, and a notice to be given in time.
const OPENING: &str = "\
dispositif ouverture « Autorisation d'ouverture d'essai »
  en vigueur depuis le 1er janvier 2023

source arrêté « Arrêté d'essai », texte opposable
source notice « Notice d'essai », document d'information

dossier
  catégorie : parmi petite < moyenne < grande
    « Quelle est la catégorie ? »
  travaux.achevés le : date
    « Quand les travaux sont-ils achevés ? »
  visite.faite le : date
    « Quand la visite a-t-elle eu lieu ? »
  visite.avis : parmi favorable, réservé, défavorable
    « Quel est l'avis ? »
  ouverture.déclarée le : date
    « Quand l'ouverture a-t-elle été déclarée ? »
  ouverture.faite le : date
    « Quand l'ouverture a-t-elle eu lieu ? »
  report accordé : oui ou non, à l'appréciation du maire
    « Le maire accorde-t-il un report ? »

cohérence calendrier
  exige
    - travaux.achevés le ≤ date d'examen
    - travaux.achevés le ≤ visite.faite le

lecture début du délai
  « D'où court le délai ? »
  - visite : selon arrêté « à compter de la visite »
  - travaux : selon notice « à compter de l'achèvement des travaux »

définition départ
  vaut visite.faite le si début du délai est visite
  vaut travaux.achevés le dans les autres cas

critère visite récente
  selon arrêté, art. 1 « la visite a moins de trois ans »
  si catégorie ≥ moyenne
  exige visite.faite le + 3 ans > date d'examen

critère avis de la commission
  selon arrêté, art. 2 « avis favorable ou réservé »
  exige visite.avis est soit favorable, soit réservé

critère déclaration
  selon arrêté, art. 3 « déclarée au plus tard quinze jours avant l'ouverture »
  exige ouverture.déclarée le + 15 jours ≤ ouverture.faite le

décision autorisation
  selon arrêté, art. 4 « l'ouverture est autorisée »
  favorable si tous les critères sont remplis

obligation ouverture effective
  selon arrêté, art. 5 « l'ouverture a lieu dans les dix-huit mois »
  si autorisation
  au plus tard départ + 18 mois
  reporté au premier jour ouvrable
  remplie par ouverture.faite le
  sauf si report accordé
    selon arrêté, art. 5 « sauf report »
";

/// A means test that a derogation waives, a price that two texts count otherwise, a scale and a ceiling, and a
/// time limit that nothing else in the policy reads.
const BICYCLE: &str = "\
dispositif velo « Aide à l'achat d'un vélo d'essai »
  en vigueur depuis le 1er mars 2025

source règlement « Règlement d'essai », texte opposable
source notice « Notice d'essai », document d'information

dossier

  majeur : oui ou non
    « Le demandeur est-il majeur à la date de la demande ? »
  réside dans le département : oui ou non
    « Le demandeur a-t-il sa résidence principale dans le département ? »
  revenu fiscal de référence : montant ≥ 0 €
    « Quel est le revenu fiscal de référence du foyer ? »
  parts : nombre ≥ 1
    « Combien de parts fiscales ? »
  prix du vélo : montant ≥ 0 €
    « Quel est le prix TTC du vélo ? »
  achat.fait le : date
    « À quelle date le vélo a-t-il été acheté ? »
  demande.reçue le : date
    « À quelle date la demande a-t-elle été reçue ? »
  handicap : oui ou non
    « Le demandeur est-il en situation de handicap ? »
  justificatif.remis le : date
    « À quelle date la facture a-t-elle été remise ? »
  accessoires : montant ≥ 0 €
    « Combien coûtent les accessoires ? »

cohérence dates
  exige demande.reçue le ≤ date d'examen

lecture base du prix
  « Le prix comprend-il les accessoires ? »
  - vélo seul        : selon règlement, art. 4 « du prix d'achat du vélo »
  - avec accessoires : selon notice « le prix payé, accessoires compris »

définition prix retenu
  vaut prix du vélo + accessoires  si base du prix est avec accessoires
  vaut prix du vélo                dans les autres cas

définition quotient
  vaut revenu fiscal de référence ÷ parts

critère majorité
  selon règlement, art. 1 « toute personne majeure »
  exige majeur

critère résidence
  selon règlement, art. 1 « ayant sa résidence principale dans le département »
  exige réside dans le département

critère ressources
  selon règlement, art. 2 « dont le revenu fiscal de référence par part est inférieur ou égal à
    14 089 euros »
  exige quotient ≤ 14 089 €
  sauf si handicap
    selon règlement, art. 2 « Cette condition n'est pas opposable aux personnes en situation de
      handicap. »

critère délai
  selon règlement, art. 3 « la demande est déposée dans les six mois suivant l'achat »
  exige demande.reçue le est dans les 6 mois suivant achat.fait le

décision attribution
  favorable si tous les critères sont remplis

définition taux
  vaut selon quotient
    jusqu'à 6 358 € : 50 %
    plus de 6 358 € : 30 %

financement aide
  selon règlement, art. 4 « 50 % du prix d'achat du vélo pour un quotient jusqu'à 6 358 euros, 30 %
    au-delà, dans la limite de 400 euros, arrondis à l'euro inférieur »
  prévu si attribution
  montant taux × prix retenu
  plafonné à 400 €
  arrondi à l'euro inférieur
  une fois

obligation remise de la facture
  selon règlement, art. 5 « remet la facture dans un délai de deux mois à compter de la demande »
  si attribution
  au plus tard demande.reçue le + 2 mois
  remplie par justificatif.remis le
";

#[test]
fn what_is_found_for_a_bicycle_is_complete() {
    is_complete("velo", BICYCLE);
}

#[test]
fn what_is_found_for_a_household_is_complete() {
    is_complete("foyer", HOUSEHOLD);
}

#[test]
fn what_is_found_for_an_opening_is_complete() {
    is_complete("ouverture", OPENING);
}

fn is_complete(id: &str, policy: &str) {
    let workshop = Workshop::fresh();
    std::fs::remove_dir_all(workshop.path("essai")).unwrap();
    workshop.write(&format!("{id}/{id}.pol"), policy);
    let folder = workshop.path(&format!("{id}/cases"));
    let folder = folder.to_string_lossy();
    let text = printed(&workshop.command("cases", &[id, "--missing", "--write", &folder]).assert().code(0));
    says(&text, "avec eux, chaque point est montré.");
    workshop.test(&[id, "--coverage"]).code(0);
    says(&printed(&workshop.test(&[id, "--mutate"]).code(0)), "0 que rien ne voit");
}
