import { createAccessControl } from "better-auth/plugins/access";
import {
  adminAc,
  defaultStatements,
  memberAc,
  ownerAc,
} from "better-auth/plugins/organization/access";

/** By this a key is known, also where it was leaked to. */
export const keyPrefix = "tk_";

const ac = createAccessControl({ ...defaultStatements, apiKey: ["create"] });

/** Lets better-auth's organizations know which roles may own keys: those with settings.write. */
export const keyMakers = {
  ac,
  roles: {
    owner: ac.newRole({ ...ownerAc.statements, apiKey: ["create"] }),
    admin: ac.newRole({ ...adminAc.statements, apiKey: ["create"] }),
    member: ac.newRole({ ...memberAc.statements }),
  },
};
