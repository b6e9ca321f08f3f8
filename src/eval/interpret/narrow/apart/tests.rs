//! What is assumed at once, and in which groups.

use crate::check::check;
use crate::dossier::Dossier;
use crate::eval::interpret::coherence::learn;
use crate::known::{DateRange, Interval};
use crate::number::Ratio;
use crate::policy::FactId;
use crate::source::SourceFile;
use crate::time::Date;

use super::*;

const TEXT: &str = "dispositif essai « Essai (inventé) »
  en vigueur depuis le 1er janvier 2020

source loi « Règlement inventé », texte opposable

dossier

  lits : entier ≥ 0
    « Combien de lits ? »
  places : entier ≥ 0
    « Combien de places ? »
  parents : entier ≥ 0
    « Combien de parents ? »
  enfants : entier ≥ 0
    « Combien d'enfants ? »
  ouvert : oui ou non
    « Est-ce ouvert ? »
  agréé : oui ou non
    « Est-ce agréé ? »
  signature : date
    « Signé quel jour ? »

définition personnes
  vaut parents + enfants

critère taille
  selon loi
  exige
    - lits ≥ 10
    - lits ≤ places

critère familles
  selon loi
  exige personnes est entre 3 et 5

critère accueil
  selon loi
  exige l'un de
    - ouvert
    - agréé

critère mesure
  selon loi
  si ouvert
  exige parents ≤ 4

décision accord
  selon loi
  favorable si tous les critères sont remplis

financement prime
  selon loi
  prévu si accord
  montant 10 € × lits

financement prime aux familles
  selon loi
  si accord
  montant 10 € × parents

obligation rapport
  selon loi
  si prime et parents ≥ 2
  au plus tard signature + 2 mois
";

fn policy() -> Policy {
    let checked = check(&SourceFile::new("essai.pol", TEXT));
    checked.policy.unwrap_or_else(|| panic!("{:?}", checked.diagnostics))
}

/// Every choice of some values, the first being that it is not known.
fn worlds(policy: &Policy) -> Vec<World> {
    let day = Date::new(2025, 1, 1).unwrap_or(Date::MAX);
    let mut worlds = vec![World::of(policy, &Dossier::empty(policy, SourceFile::new("d.yaml", "")), day)];
    for (fact, declared) in policy.facts.iter().enumerate() {
        let values: Vec<Known> = match declared.ask.domain {
            Known::Truth(_) => [Truth::YES, Truth::NO].map(Known::Truth).to_vec(),
            Known::Date(_) => vec![Known::Date(DateRange::day(day))],
            _ => [2, 12].map(|number| Known::Number(Interval::point(Ratio::from(number)))).to_vec(),
        };
        let with = |value: &Known, world: &World| {
            let mut world = world.clone();
            world.facts[fact] = value.clone();
            world
        };
        let more = values.iter().flat_map(|value| worlds.iter().map(|world| with(value, world)));
        let more: Vec<World> = more.collect();
        worlds.extend(more);
    }
    worlds
}

#[test]
fn an_item_is_as_it_is_where_all_of_an_assumption_is_made_at_once() {
    let policy = policy();
    let apart = Apart::default();
    for mut world in worlds(&policy) {
        let learnt = learn(&policy, &mut world).unwrap_or_default();
        for item in policy.items() {
            let mut at_once = Evaluator::new(&policy, &world, &learnt);
            let mut in_groups = Evaluator::new(&policy, &world, &learnt);
            in_groups.apart = Some(&apart);
            assert_eq!(in_groups.item(item), at_once.item(item), "{item:?} of {:?}", world.facts);
        }
    }
    let asked = apart.possible.borrow();
    assert!(asked.values().any(|possible| *possible) && asked.values().any(|possible| !possible));
}

#[test]
fn what_is_asked_at_once_is_in_groups_that_rest_on_nothing_in_common() {
    let (policy, apart) = (policy(), Apart::default());
    let groups = apart.groups(&policy, &[Goal::Item(ItemRef::Decision, true)]);
    let facts = |group: &Group| -> Vec<String> {
        let leaves = group.leaves.leaves(policy.dependencies()).into_iter().flatten();
        let name = |FactId(fact): FactId| policy.facts[fact as usize].path.to_string();
        leaves.filter_map(|leaf| if let Leaf::Fact(fact) = leaf { Some(name(fact)) } else { None }).collect()
    };
    let groups: Vec<Vec<String>> = groups.iter().map(facts).collect();
    assert_eq!(groups, [vec!["lits", "places"], vec!["parents", "enfants", "ouvert", "agréé"]]);
}
