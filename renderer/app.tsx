import { createRoot } from "react-dom/client";

const place = document.getElementById("app");
if (place) {
  createRoot(place).render(
    <main>
      <h1>Isochart</h1>
    </main>,
  );
}
