//! What is said of a rule and of the passage above it.

use super::corpus::HANDS;

/// The remarks on items, each as « message [code] ».
fn said(source: &str) -> String {
    let hand = HANDS.iter().find(|hand| hand.title == "troisième main").unwrap();
    hand.say(source).trim_end().to_owned()
}

#[test]
fn what_differs_is_said_in_the_words_of_both() {
    for (source, expected) in [
        (
            "critère c
  selon code « Le revenu mensuel du foyer n'excède pas 1 800 euros. »
  exige revenu annuel ≤ 1 800 €",
            "le texte dit « n'excède pas 1 800 euros » par mois, la règle dit « ≤ 1 800 € » par an \
             [concordance-unite]",
        ),
        (
            "critère c
  selon code « La décision est prise à la majorité des voix exprimées. »
  exige 2 × voix pour ≥ voix exprimées",
            "le texte dit « majorité », la règle dit « ≥ 1/2 » [concordance-comparaison]",
        ),
        (
            "critère c
  selon code « Les zones de risque sismique modéré, moyen ou fort sont soumises à déclaration. »
  exige risque sismique ≥ moyen",
            "le texte dit aussi « modéré », la règle dit « ≥ moyen » [concordance-option]",
        ),
        (
            "critère c
  selon code « Le prélèvement est interdit lorsque la personne a fait connaître son opposition. »
  exige opposition",
            "le texte écarte « opposition », la règle l'exige [concordance-negation]",
        ),
        (
            "définition valeur retenue
  selon code « En zone franche, le taux est de 40 % ; il est de 60 % partout ailleurs. »
  vaut 40 % si zone franche
  vaut 60 % dans les autres cas",
            "",
        ),
        (
            "définition valeur retenue
  selon code « Le taux est fixé à 40 % ; il est porté à 60 % lorsque l'officine se trouve en zone franche. »
  vaut 40 % si zone franche
  vaut 60 % dans les autres cas",
            "le texte donne « 60 % » dans ce cas (« zone franche »), la règle donne « 40 % » [concordance-bareme]",
        ),
        (
            "financement f
  selon code « Une somme de 25 euros est versée semestriellement. »
  prévu si assurance
  montant 25 €
  chaque mois",
            "le texte dit « semestriellement », la règle dit « chaque mois » [concordance-frequence]",
        ),
        (
            "critère c
  selon code « Les coupes portant sur le chêne ou le hêtre sont soumises à agrément. »
  si essence est parmi chêne, pin
  exige agrément",
            "le texte dit « hêtre », la règle dit « pin » [concordance-option]",
        ),
    ] {
        assert_eq!(said(source), expected, "\n{source}");
    }
}

#[test]
fn what_the_rule_has_worked_out_is_the_text_s() {
    for source in [
        "financement f
  selon code « Une rémunération annuelle de 9 600 euros, payable par douzièmes, est attribuée au praticien. »
  prévu si assurance
  montant 800 €
  chaque mois",
        "financement f
  selon code « Le forfait de 300 euros est majoré de moitié en zone sous-dense. »
  prévu si assurance
  montant 450 € si zone sous-dense
  montant 300 € dans les autres cas",
        "critère c
  selon code « Les ressources annuelles du foyer n'excèdent pas 21 600 euros. »
  exige revenu mensuel ≤ 1 800 €",
        "critère c
  selon code « La trésorerie représente au minimum trois mois de budget de fonctionnement. »
  exige trésorerie ≥ 3 × budget de fonctionnement ÷ 12",
    ] {
        assert_eq!(said(source), "", "\n{source}");
    }
}
