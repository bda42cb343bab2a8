import { createHashHistory } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import "./theme.css";
import "./ui/ui.css";
import "./app.css";
import { App, makeRouter } from "./app.tsx";
import { startColorScheme } from "./color-scheme.ts";

startColorScheme();

const place = document.getElementById("app");
if (place) createRoot(place).render(<App router={makeRouter(createHashHistory())} />);
