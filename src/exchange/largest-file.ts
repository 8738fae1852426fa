/** In bytes. A larger file is refused before it is parsed: 10,000 matters are 6.4 MB of YAML and take 667 MB of memory to parse. */
export const LARGEST_FILE = 20 * 1024 * 1024;
