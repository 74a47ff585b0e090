// The table of routes of the development server.

import { personRoutes } from "./personRoutes.mjs";
import { settingsRoutes } from "./settingsRoutes.mjs";
import { ticketRoutes } from "./ticketRoutes.mjs";

export const routes = [...personRoutes, ...ticketRoutes, ...settingsRoutes];
