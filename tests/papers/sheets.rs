//! The sheet of CRPA, art. R. 311-3-1-2.

use conforme::papers::Template;

use crate::{agency, case, each, is_fit_to_be_read, plain, sheet};

#[test]
fn each_case_has_a_sheet_with_the_four_headings_of_the_article() {
    each(|name, of| {
        for template in [&Template::default(), agency()] {
            let sheet = sheet(&of, template);
            is_fit_to_be_read(name, &of, &sheet);
            let headings: Vec<String> = plain(&sheet)
                .lines()
                .filter_map(|line| line.strip_prefix("## "))
                .map(str::to_owned)
                .collect();
            assert_eq!(
                headings,
                [
                    "1° Degré et mode de contribution du traitement algorithmique à la prise de décision",
                    "2° Données traitées et leurs sources",
                    "3° Paramètres de traitement et, le cas échéant, leur pondération, appliqués à la situation de l'intéressé",
                    "4° Opérations effectuées par le traitement",
                ],
                "{name}"
            );
        }
    });
}

macro_rules! shown {
    ($($test:ident: $policy:literal $case:literal),* $(,)?) => {$(
        #[test]
        fn $test() {
            insta::assert_snapshot!(sheet(&case($policy, $case), agency()));
        }
    )*};
}

shown! {
    favourable: "alr" "01-",
    unfavourable_on_one_ground: "ess" "08-",
    unfavourable_on_three_grounds: "ess" "personne-a-compter",
    incomplete: "ess" "18-",
    by_derogation: "ess" "07-",
    depends_on_the_reading: "ess" "05-",
    with_scales: "csq" "01-",
}
