// A moment of the plan, in whole minutes since the epoch, said as this reader's clock says it.

export function connect(time) {
  const say = () => {
    const moment = new Date(Number(time.dataset.minute) * 60_000);
    const { lang } = document.documentElement;
    time.textContent = moment.toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit", hour12: false });
  };

  document.addEventListener("swapped", say);
  say();
}
