const common = {
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      {
        jsc: {
          target: "es2022",
          parser: { syntax: "typescript" },
          experimental: { keepImportAttributes: true },
        },
        module: { type: "es6" },
      },
    ],
  },
};

export default {
  // A machine with other work is slow, and nothing is wrong.
  testTimeout: 20_000,
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["<rootDir>/test/e2e/", "<rootDir>/test/against-tekton/"],
    },
    {
      ...common,
      displayName: "e2e",
      testMatch: ["<rootDir>/test/e2e/**/*.test.ts"],
    },
    {
      // On the cluster that KUBECONFIG names: not a part of `npm test`.
      ...common,
      displayName: "tekton",
      testMatch: ["<rootDir>/test/against-tekton/**/*.test.ts"],
    },
  ],
};
