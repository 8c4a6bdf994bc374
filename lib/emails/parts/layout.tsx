import type { ReactNode } from "react";
import {
  Body,
  Container,
  Head,
  Heading,
  Html,
  Link,
  Preview,
  Section,
  Text,
} from "@react-email/components";
import { brand } from "@/lib/catalog/brand";
import { darkStyle, style } from "./style";

/** The frame of every mail. `preview` follows the subject in the inbox; `why` says why one got it. */
export function Layout({
  title,
  preview,
  why,
  children,
}: {
  title: string;
  preview: string;
  why: string;
  children: ReactNode;
}) {
  return (
    <Html lang="en">
      <Head>
        <title>{title}</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{darkStyle}</style>
      </Head>
      <Body className="canvas" style={style.body}>
        <Preview>{preview}</Preview>
        <Container className="canvas" style={style.frame}>
          <Text className="ink" style={style.brand}>
            {brand.name}
          </Text>
          <Section className="card" style={style.card}>
            <Heading className="ink" style={style.title}>
              {title}
            </Heading>
            {children}
          </Section>
          <Text className="soft" style={style.foot}>
            {why} Questions?{" "}
            <Link
              className="soft"
              style={style.footLink}
              href={`mailto:${brand.supportEmail}`}
            >
              {brand.supportEmail}
            </Link>
          </Text>
        </Container>
      </Body>
    </Html>
  );
}
