import { OTHER_VARIABLES, ruleOf, SETTING_NAMES, settingsSchema, variableOf } from './settings.ts'
import { SETTING_FLAGS } from './sources.ts'

const HEAD = `<!-- Made by \`npm run generate\` from the definitions; a test compares. -->
# Configuration

What \`./hearthbook serve\` runs with. A flag comes before the environment, the environment before the file that \`--config\` or
\`HEARTHBOOK_CONFIG\` names, and that before the default. How to use them: [configure a server](../how-to/configure.md).
`

/** The reference page of all settings, made from their schema. */
export function configurationPage(): string {
  const flags = new Map([['data', '--data'], ...SETTING_FLAGS.map(({ field, name }) => [field, `--${name}`] as const)])
  const rows = SETTING_NAMES.map((name) => {
    const type = settingsSchema.shape[name]
    const fallback = type.safeParse(undefined).data
    const cells = [
      `\`${name}\``,
      `\`${flags.get(name)}\``,
      `\`${variableOf(name)}\``,
      fallback === undefined ? '' : `\`${fallback}\``,
      type.description,
      ruleOf(name),
    ]
    return `| ${cells.join(' | ')} |`
  })
  const others = Object.entries(OTHER_VARIABLES).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`)
  return [
    HEAD,
    '| in the file | flag | environment | default | meaning | value |\n| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    '## Other variables\n',
    '| variable | meaning |\n| --- | --- |',
    ...others,
    '',
  ].join('\n')
}
