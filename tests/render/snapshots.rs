//! Every case as it is printed.

use crate::{Book, SNAPSHOTS, csq, ess};

fn print(book: &Book, prefix: &str) {
    let _one_at_a_time = SNAPSHOTS.lock();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        for case in &book.cases {
            let name = case.name.trim_end_matches(".yaml");
            insta::assert_snapshot!(format!("{prefix}-{name}"), book.brief(case));
        }
    });
}

#[test]
fn cases_of_the_ess_policy() {
    print(ess(), "ess");
}

#[test]
fn cases_of_the_invented_scheme() {
    print(csq(), "csq");
}

#[test]
fn a_case_in_full() {
    let _one_at_a_time = SNAPSHOTS.lock();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        for start in ["08", "12", "19"] {
            let case = ess().case(start);
            let name = case.name.trim_end_matches(".yaml");
            insta::assert_snapshot!(format!("ess-{name}.full"), ess().full(case));
        }
    });
}

#[test]
fn a_case_in_markdown_and_as_a_page() {
    let _one_at_a_time = SNAPSHOTS.lock();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        let case = ess().case("05");
        insta::assert_snapshot!("ess-05-la-lecture-decide.markdown", ess().markdown(case));
        let page = ess().html(case, conforme::render::Explain::Brief);
        let body = page.split_once("<body>").unwrap().1;
        insta::assert_snapshot!("ess-05-la-lecture-decide.page", body);
    });
}
