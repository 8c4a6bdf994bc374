import { style } from "./style";

export type Fact = readonly [name: string, value: string];

/** What the mail is about, a line each; null is left out. */
export function Facts({ facts }: { facts: readonly (Fact | null)[] }) {
  return (
    <table className="facts line" style={style.facts}>
      <tbody>
        {facts
          .filter((fact) => fact !== null)
          .map(([name, value]) => (
            <tr key={name}>
              <th scope="row" className="soft line" style={style.factName}>
                {name}
              </th>
              <td className="ink line" style={style.factValue}>
                {value}
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
