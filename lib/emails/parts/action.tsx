import { Button, Section } from "@react-email/components";
import { style } from "./style";

/** The one thing to do, named by its act. */
export function Action({ href, children }: { href: string; children: string }) {
  return (
    <Section>
      <Button href={href} style={style.button}>
        {children}
      </Button>
    </Section>
  );
}
