import type { ReactNode } from "react";
import { Text } from "@react-email/components";
import { style } from "./style";

export function Paragraph({ children }: { children: ReactNode }) {
  return (
    <Text className="ink" style={style.text}>
      {children}
    </Text>
  );
}
