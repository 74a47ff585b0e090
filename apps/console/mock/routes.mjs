// The table of routes of the development server.
import { ticketRoutes } from "./ticketRoutes.mjs";
import { settingsRoutes } from "./settingsRoutes.mjs";
import { personRoutes } from "./personRoutes.mjs";

export const routes = [...personRoutes, ...ticketRoutes, ...settingsRoutes];
