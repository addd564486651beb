/** Whether a file of that name is one of Terraform's language, or of the same in JSON. */
export const isConfiguration = (name: string): boolean => /\.tf(\.json)?$/.test(name);
