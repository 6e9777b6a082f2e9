//! Specs that contradict themselves, or that no code can be made of: each message once at least.

mod endpoints;
mod fields;
mod names;
mod paging;
mod parameters;
mod types;
mod vendors;

use crate::support::Workspace;

/// A change to the fixture, and what is said of it.
struct Case {
    file: &'static str,
    from: &'static str,
    to: &'static str,
    /// What the line of the problem has in it, after the change.
    line: &'static str,
    problem: &'static str,
}

const fn case(
    file: &'static str,
    [from, to]: [&'static str; 2],
    line: &'static str,
    problem: &'static str,
) -> Case {
    Case { file, from, to, line, problem }
}

/// Makes each change to a workspace of its own, and looks for its problem.
fn assert_found(cases: &[Case]) {
    for case in cases {
        let workspace = Workspace::wide();
        workspace.replace(case.file, case.from, case.to);
        let expected = workspace.problem(case.file, case.line, case.problem);
        assert_problem(&workspace, &expected);
    }
}

fn assert_problem(workspace: &Workspace, expected: &str) {
    let problems = workspace.problems();
    let found = problems.iter().any(|problem| problem == expected);
    assert!(found, "{expected} is not in {problems:#?}");
}
