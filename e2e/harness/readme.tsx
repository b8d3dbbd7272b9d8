import { createRoot } from 'react-dom/client';
import { Film } from 'virtual:readme-first-block';

const root = document.getElementById('root');
if (root) createRoot(root).render(<Film />);
