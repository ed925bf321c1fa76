import { type ReactNode, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/** Holds back what is heavy until the reader comes near it, or prints; the placeholder keeps its room. */
export function WhenNear({ placeholder, children }: Readonly<{ placeholder: ReactNode; children: ReactNode }>) {
  const box = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (near || element === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setNear(true);
      },
      { rootMargin: "500px" },
    );
    // The paper is laid out as soon as this returns.
    const print = () => flushSync(() => setNear(true));
    observer.observe(element);
    window.addEventListener("beforeprint", print);
    return () => {
      observer.disconnect();
      window.removeEventListener("beforeprint", print);
    };
  }, [near]);
  return <div ref={box}>{near ? children : placeholder}</div>;
}
