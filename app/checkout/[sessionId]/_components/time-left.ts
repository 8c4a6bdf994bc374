/** Minutes and seconds under an hour, hours and minutes above. */
export function timeLeft(secondsLeft: number): string {
  const seconds = Math.ceil(Math.max(0, secondsLeft));
  const minutes = Math.floor(seconds / 60);
  if (seconds === 0) return "Expired";
  if (minutes < 60) return `${minutes} min ${two(seconds % 60)} s left`;
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min left`;
}

/** What a screen reader is told: the last of these that has been passed, so that it hears each once. */
export function announcement(secondsLeft: number): string {
  if (secondsLeft <= 0) return "This checkout has expired.";
  if (secondsLeft <= 60) return "One minute left to pay.";
  if (secondsLeft <= 300) return "Five minutes left to pay.";
  if (secondsLeft <= 600) return "Ten minutes left to pay.";
  return "";
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
