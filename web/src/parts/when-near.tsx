import { type ReactNode, useEffect, useRef, useState } from "react";

/** Holds back what is heavy until the reader comes near it, or prints; the placeholder keeps its room. */
export function WhenNear({ placeholder, children }: Readonly<{ placeholder: ReactNode; children: ReactNode }>) {
  const box = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (near || element === null) return undefined;
    const come = () => setNear(true);
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && come(), {
      rootMargin: "500px",
    });
    observer.observe(element);
    window.addEventListener("beforeprint", come);
    return () => {
      observer.disconnect();
      window.removeEventListener("beforeprint", come);
    };
  }, [near]);
  return <div ref={box}>{near ? children : placeholder}</div>;
}
