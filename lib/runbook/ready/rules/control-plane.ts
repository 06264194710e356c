import { broken, met, unknown, type Rule } from '../rule';

export const CONTROL_PLANE: Rule = {
  id: 'DR011',
  title: 'The control plane answers, which a block needs',
  judge({ status: { controlPlane } }) {
    switch (controlPlane.kind) {
      case 'answers':
        return met;
      case 'fails':
        return broken(`${controlPlane.code}: ${controlPlane.detail}`);
      case 'not-asked':
        return unknown("a lab's control plane is known by its environment alone: lab exec");
    }
  },
};
