/** The members by the parts that they were deployed with; who is active changes, these do not. */
export const ROLES = ['primary', 'secondary'] as const;
export type Role = (typeof ROLES)[number];

export const otherRole = (role: Role): Role => (role === 'primary' ? 'secondary' : 'primary');
