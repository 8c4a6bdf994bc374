import { Check } from "lucide-react";
import { DataTable } from "@/app/_components/ui/data-table";
import { matrix, permissions, roles } from "@/lib/auth/permissions";
import { permissionWords, roleNames } from "@/app/_components/role-words";

/** The matrix that decides, as it stands in the code; on a narrow screen a line for each permission. */
export function RoleTable() {
  return (
    <>
      <div className="max-md:hidden">
        <Table />
      </div>
      <ul className="divide-y md:hidden">
        {permissions.map((permission) => (
          <li key={permission} className="py-2.5 first:pt-0">
            <p className="font-medium">{permissionWords[permission]}</p>
            <p className="text-ink-soft">
              {roles
                .filter((role) => matrix[role].includes(permission))
                .map((role) => roleNames[role])
                .join(", ")}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

function Table() {
  return (
    <DataTable
      caption="What each role may do"
      columns={[
        { label: "May" },
        ...roles.map((role) => ({ label: roleNames[role] })),
      ]}
      rows={permissions.map((permission) => ({
        key: permission,
        cells: [
          permissionWords[permission],
          ...roles.map((role) =>
            matrix[role].includes(permission) ? (
              <span key={role}>
                <Check className="size-4 text-good" aria-hidden="true" />
                <span className="sr-only">Yes</span>
              </span>
            ) : (
              <span key={role} className="text-ink-soft">
                <span aria-hidden="true">–</span>
                <span className="sr-only">No</span>
              </span>
            ),
          ),
        ],
      }))}
    />
  );
}
