// Change: brings the empty form back; what was sent stays stored until something new is sent.

export function connect(link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const mine = document.getElementById("mine");
    mine.dataset.state = "none";
    mine.dataset.changing = "";
    mine.replaceChildren();
    const form = document.querySelector("[data-form]");
    form?.querySelector("input:not([type=hidden]), textarea, button")?.focus();
  });
}
