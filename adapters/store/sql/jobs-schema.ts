/** pg-boss's own schema in the register's database. */
export const JOBS = "curewatch_jobs";
