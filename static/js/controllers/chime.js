// The wall's chime: soft, at each new stage and when its time is up, once a person has switched it on. Phones make no sound.

const TONES = [[523.25, 0.16, 1.6], [784.9, 0.08, 1.1], [1046.5, 0.04, 0.8]];
const LOWER = 0.75; // time is up: the same, a fourth deeper

export function connect(button) {
  let sound = null;
  let stage = heard();

  // Where nothing is timed, the stage before: after a pause it goes on, which is no new one.
  function heard(before) {
    const place = document.querySelector("#stage [data-chime]");
    return place ? `${document.getElementById("stage").dataset.step} ${place.dataset.chime}` : before;
  }

  function ring(pitch = 1) {
    if (sound?.state !== "running") return;
    const now = sound.currentTime;
    for (const [hertz, loud, lasts] of TONES) {
      const tone = new OscillatorNode(sound, { frequency: hertz * pitch });
      const level = new GainNode(sound, { gain: 0 });
      level.gain.setValueAtTime(0, now);
      level.gain.linearRampToValueAtTime(loud, now + 0.02);
      level.gain.exponentialRampToValueAtTime(0.0001, now + lasts);
      tone.connect(level).connect(sound.destination);
      tone.start(now);
      tone.stop(now + lasts);
    }
    button.dispatchEvent(new CustomEvent("rang", { bubbles: true, detail: pitch }));
  }

  async function press() {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", on);
    button.textContent = on ? button.dataset.on : button.dataset.off;
    if (!on) return sound.suspend();
    sound ??= new AudioContext();
    await sound.resume();
    ring();
  }

  button.addEventListener("click", press);
  document.addEventListener("timeup", ({ target }) => target.closest("[data-chime]") && ring(LOWER));
  document.addEventListener("swapped", ({ target }) => {
    const before = stage;
    if (target.id === "stage") stage = heard(before);
    if (stage !== before) ring();
  });
}
