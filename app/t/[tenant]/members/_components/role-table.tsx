import { Check } from "lucide-react";
import { DataTable } from "@/app/_components/ui/data-table";
import { matrix, permissions, roles } from "@/lib/auth/permissions";
import { permissionWords, roleNames } from "./role-words";

/** The matrix that decides, as it stands in the code. */
export function RoleTable() {
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
