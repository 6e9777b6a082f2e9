use vendor_specs::{Area, Endpoint, Scope, Shared, Vendor};

use super::code::Code;
use super::imports::Imports;
use super::slot::slots;
use super::{labels, listing, request, types};

/// The module of an endpoint.
pub(crate) fn endpoint(vendor: &Vendor, area: &Area, endpoint: &Endpoint) -> String {
    let (spec, scope) = (&endpoint.spec, vendor.scope(area, endpoint));
    let slots = slots(spec, scope);
    let (mut imports, mut body) = (Imports::default(), Code::default());
    request::write(&mut body, &mut imports, vendor, endpoint, &slots, scope);
    if let Some(paging) = &spec.paging {
        listing::write(&mut body, &mut imports, spec, paging, &slots, scope);
    }
    let output = spec.output.kind.name();
    if let Some(output) = output {
        imports.named(output, scope);
    }
    write_types(&mut body, &mut imports, scope, output.filter(|_| spec.output.empty));
    assembled(&endpoint.file.short(), &imports, &body)
}

/// The module of what the endpoints of an area have in common.
pub(crate) fn shared(shared: &Shared, scope: Scope<'_>) -> String {
    let (mut imports, mut body) = (Imports::default(), Code::default());
    write_types(&mut body, &mut imports, scope, None);
    assembled(&shared.file.short(), &imports, &body)
}

/// Writes the types of a file, of which one may have to be made out of nothing.
fn write_types(code: &mut Code, imports: &mut Imports, scope: Scope<'_>, empty: Option<&str>) {
    for row in scope.types {
        types::write(code, imports, row, scope, empty == Some(row.name.as_str()));
    }
    for set in scope.labels {
        labels::write(code, imports, set);
    }
}

fn assembled(made_from: &str, imports: &Imports, body: &Code) -> String {
    let mut code = Code::file(made_from);
    imports.write(&mut code);
    code.append(body);
    code.into_text()
}
