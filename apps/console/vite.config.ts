import { defineConfig } from "vite";
import { app } from "../kit/build/app.ts";

export default defineConfig(app(5171));
