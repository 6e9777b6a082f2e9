use vendor_specs::{Area, Endpoint, LabelSet, RowType, Scope, Shared, Vendor};

use super::code::Code;
use super::imports::Imports;
use super::slot::slots;
use super::{labels, listing, request, types};

/// The module of an endpoint.
pub(crate) fn endpoint(vendor: &Vendor, area: &Area, endpoint: &Endpoint) -> String {
    let (spec, scope) = (&endpoint.spec, area.scope(endpoint));
    let (mut imports, mut body) = (Imports::default(), Code::default());
    request::write(&mut body, &mut imports, vendor, endpoint);
    if let Some(paging) = &spec.paging {
        listing::write(&mut body, &mut imports, spec, paging, &slots(spec), scope);
    }
    if scope.is_shared(spec.output.kind.name()) {
        imports.shared(spec.output.kind.name());
    }
    let empty = spec.output.empty.then(|| spec.output.kind.name());
    write_types(&mut body, &mut imports, &spec.types, &spec.labels, scope, empty);
    assembled(&endpoint.file.short(), &imports, &body)
}

/// The module of what the endpoints of an area have in common.
pub(crate) fn shared(shared: &Shared) -> String {
    let (spec, scope) = (&shared.spec, shared.scope());
    let (mut imports, mut body) = (Imports::default(), Code::default());
    write_types(&mut body, &mut imports, &spec.types, &spec.labels, scope, None);
    assembled(&shared.file.short(), &imports, &body)
}

/// Writes the types, of which one may have to be made out of nothing.
fn write_types(
    code: &mut Code,
    imports: &mut Imports,
    rows: &[RowType],
    sets: &[LabelSet],
    scope: Scope<'_>,
    empty: Option<&str>,
) {
    for row in rows {
        types::write(code, imports, row, scope, empty == Some(row.name.as_str()));
    }
    for set in sets {
        labels::write(code, imports, set);
    }
}

fn assembled(made_from: &str, imports: &Imports, body: &Code) -> String {
    let mut code = Code::file(made_from);
    imports.write(&mut code);
    code.append(body);
    code.into_text()
}
